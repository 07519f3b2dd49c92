import ArgumentParser
import JSONDocument

struct PatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "patch",
        abstract: "Apply a JSON Patch (RFC 6902), all of it or nothing."
    )

    @Argument(help: "The file; - is standard input.", completion: .file())
    var file: String

    @OptionGroup var edit: EditOptions
    @OptionGroup var options: SharedOptions

    func run() throws {
        let workspace = try Workspace(options)
        let patch: JSONPatch
        let json = try InputFile.json(of: file)
        do { patch = try JSONPatch(json: json) } catch {
            throw CommandError(.badInput, "\(InputFile.name(of: file)) is no JSON Patch: \(error)")
        }
        try workspace.replace(allowsEmpty: edit.allowEmpty) { (document) throws(CommandError) in
            do { return try document.applying(patch) } catch {
                throw CommandError(.badInput, "the patch does not apply: \(error)")
            }
        }
    }
}
