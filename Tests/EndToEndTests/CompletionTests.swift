import Foundation
import Testing

@Suite("Shell completions", .onceForBothTransports)
struct CompletionTests {
    /// Ids with everything that means something to a shell.
    private static let ids = ["hodor", "two words", "$(touch ran)", "`touch ran`", "qu'ote", "c:d"]

    private func station() throws -> Station {
        let station = try Station(application: nil, agent: nil)
        for id in Self.ids {
            #expect(try station.run("set", "/a", "1", "-a", id, "-g", "1 \(id)").code == 0)
        }
        #expect(try station.run("set", "/a", "1", "-a", "hodor", "-g", "102").code == 0)
        return station
    }

    /// What bash offers for the last of those words.
    private func offers(_ station: Station, _ words: String...) throws -> [String] {
        try offers(station, words)
    }

    private func offers(_ station: Station, _ words: [String]) throws -> [String] {
        let generated = try station.run("--generate-completion-script", "bash")
        #expect(generated.code == 0, "\(generated.words)")
        let script = try station.write(generated.output, to: "completions.bash")
        let quoted = words.map { "'\($0)'" }.joined(separator: " ")
        // What readline sets before it calls the function that `complete` names.
        let line = """
            cd "$HOME"
            source '\(script)'
            COMP_WORDS=(\(quoted)) COMP_CWORD=\(words.count - 1)
            COMP_LINE="${COMP_WORDS[*]}" COMP_POINT=${#COMP_LINE}
            name=$(complete -p arm-sync | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
            "$name" arm-sync "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}"
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let program = try station.write(line, to: "complete.bash")
        let outcome = try station.shell("bash '\(program)'")
        #expect(outcome.errors.isEmpty, "\(outcome.words)")
        return outcome.output.split(separator: "\n").map(String.init).sorted()
    }

    @Test("in bash complete the applications there are, and run none of their names")
    func applications() throws {
        let station = try station()
        #expect(try offers(station, "arm-sync", "get", "-a", "") == Self.ids.sorted())
        #expect(try offers(station, "arm-sync", "status", "--application", "ho") == ["hodor"])
        #expect(!FileManager.default.fileExists(atPath: "\(station.home)/ran"))
    }

    @Test("in bash complete the agents of the application on the line, or of all")
    func agents() throws {
        let station = try station()
        let some = try offers(station, "arm-sync", "get", "-a", "hodor", "-g", "")
        #expect(some == ["1 hodor", "102"])
        let quoted = try offers(station, "arm-sync", "get", "-a", #"two\ words"#, "--agent", "")
        #expect(quoted == ["1 two words"])
        let all = try offers(station, "arm-sync", "get", "--agent", "")
        #expect(all == (Self.ids.map { "1 \($0)" } + ["102"]).sorted())
        station.environment["ARM_SYNC_APPLICATION"] = "hodor"
        #expect(try offers(station, "arm-sync", "get", "-g", "") == ["1 hodor", "102"])
    }

    @Test("look where the line says that documents are, and configured ones count")
    func places() throws {
        let station = try station()
        let nowhere = ["--state-dir", "/not/there", "-a", ""]
        #expect(try offers(station, ["arm-sync", "get"] + nowhere) == [])
        try station.write(#"{"documents": [{"application": "configured"}]}"#, to: "config.json")
        #expect(try offers(station, ["arm-sync", "get"] + nowhere) == ["configured"])
    }

    @Test("offer nothing and say nothing where the configuration cannot be read")
    func broken() throws {
        let station = try station()
        try station.write("{", to: "config.json")
        #expect(try offers(station, "arm-sync", "get", "-a", "") == [])
    }

    @Test("in bash complete commands and options")
    func words() throws {
        let station = try Station()
        #expect(try offers(station, "arm-sync", "stat") == ["status"])
        #expect(try offers(station, "arm-sync", "get", "--conf") == ["--config"])
    }

    @Test("give zsh and fish the ids in their own way")
    func otherShells() throws {
        let station = try station()
        let words = ["---completion", "get", "--", "--application", "3", "0", "arm-sync", "get"]
        station.environment["SAP_SHELL"] = "zsh"
        let zsh = try station.run(words + ["-a", ""]).output
        #expect(zsh.contains("c\\:d\n") && zsh.contains("two words\n"), "\(zsh)")
        station.environment["SAP_SHELL"] = "fish"
        let fish = try station.run(words + ["-a", ""]).output
        #expect(fish.split(separator: "\n").map(String.init).sorted() == Self.ids.sorted())
    }

    @Test("are a script that bash can read")
    func bashScript() throws { try checkSyntax("bash") }

    @Test(
        "are a script that zsh can read",
        .enabled(if: isInstalled("zsh"), "zsh is not installed")
    )
    func zshScript() throws { try checkSyntax("zsh") }

    @Test(
        "are a script that fish can read",
        .enabled(if: isInstalled("fish"), "fish is not installed")
    )
    func fishScript() throws { try checkSyntax("fish") }

    private func checkSyntax(_ shell: String) throws {
        let station = try Station()
        let script = try station.run("--generate-completion-script", shell)
        let path = try station.write(script.output, to: "completions")
        let outcome = try station.shell("\(shell) -n '\(path)'")
        #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.words)")
    }

    /// How to start a shell whose prompt is `ready> ` and which has read the completions.
    private static let interactive = [
        "bash": (
            start: "bash --noprofile --rcfile \(rc) -i",
            file: "PS1='ready> '; source \(script)"
        ),
        "zsh": (
            start: "zsh -d -i",
            file: """
            PROMPT='ready> '; fpath=("$HOME" $fpath)
            autoload -Uz compinit && compinit -u -d "$HOME/dump"
            """
        ),
        "fish": (
            start: "fish --no-config --init-command 'source \(rc)'",
            file: "source \(script); function fish_prompt; echo 'ready> '; end"
        ),
    ]
    /// What zsh reads by itself is called so; the script's name is the one that zsh looks for.
    private static let rc = "$HOME/.zshrc"
    private static let script = "$HOME/_arm-sync"

    /// Types a line, once the shell asks for one, and follows the shell to its end.
    private static let driver = """
        zmodload zsh/zpty
        zpty shell "$1"
        zpty -r shell seen '*ready> *'
        zpty -n -w shell "$2"$'; exit\n'
        while zpty -r shell seen; do print -r -- "$seen"; done
        """

    @Test(
        "complete an id at the prompt of a real shell, which then runs the command with it",
        .enabled(if: isInstalled("zsh"), "zsh, which holds the terminal, is not installed"),
        arguments: ["bash", "zsh", "fish"].filter(isInstalled),
        [("ho", "hodor"), ("tw", "two words")]
    )
    func typed(shell: String, word: (typed: String, meant: String)) throws {
        let station = try station()
        let ways = try #require(Self.interactive[shell])
        let generated = try station.run("--generate-completion-script", shell)
        try station.write(generated.output, to: "_arm-sync")
        try station.write(ways.file, to: ".zshrc")
        let driver = try station.write(Self.driver, to: "driver")
        station.environment["TERM"] = "dumb"
        let outcome = try ChildProcess(
            "/usr/bin/zsh",
            [
                "-f", driver, ways.start,
                "arm-sync set /b 2 -g '1 \(word.meant)' -a \(word.typed)\t",
            ],
            environment: station.environment
        ).wait()
        #expect(
            try station.run("get", "/b", "-a", word.meant, "-g", "1 \(word.meant)").output == "2\n",
            "\(outcome.words)"
        )
    }

    private static func isInstalled(_ shell: String) -> Bool {
        ["/usr/bin", "/bin"].contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/\(shell)")
        }
    }
}
