import ArgumentParser
import JSONDocument

struct MergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Apply a JSON Merge Patch (RFC 7396): members replace members, null removes."
    )

    @Argument(help: "The file; - is standard input.", completion: .file())
    var file: String

    @OptionGroup var edit: EditOptions
    @OptionGroup var options: SharedOptions

    func run() throws {
        let workspace = try Workspace(options)
        let patch = try InputFile.json(of: file)
        try workspace.replace(allowsEmpty: edit.allowEmpty) { document in document.merging(patch) }
    }
}
