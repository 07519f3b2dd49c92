import ArgumentParser
import JSONDocument

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Replace the whole document; what is stored is the difference."
    )

    @Argument(help: "The file; - is standard input.", completion: .file())
    var file: String

    @OptionGroup var edit: EditOptions
    @OptionGroup var options: SharedOptions

    func run() throws {
        let workspace = try Workspace(options)
        let value = try InputFile.json(of: file)
        try workspace.replace(allowsEmpty: edit.allowEmpty, replaces: true) { _ in value }
    }
}
