import ArmProtocol
import ArmSync
import JSONDocument

/// Where in an object of rules a mistake is, and which.
struct RuleFault: Error {
    /// The members that lead to it; none where the value as a whole is at fault.
    var path: [String] = []
    /// What follows the key: `expected …`, or what is wrong with the key itself.
    var words = ""

    func inside(_ name: String) -> RuleFault { RuleFault(path: [name] + path, words: words) }

    /// Nil where the setting's own words say it all.
    func text(under key: String) -> String? {
        guard !path.isEmpty else { return nil }
        return "\"\(([key] + path).joined(separator: "."))\": \(words)"
    }
}

extension MergeRules {
    /// One of the two kinds of rules, as a member of a file.
    enum Member: String, Sendable, CaseIterable {
        case policies = "conflict_policy"
        case identityKeys = "identity_keys"

        private static let decisions: [(word: String, value: MergeDecision)] = [
            ("hold", .hold), ("mine", .mine), ("theirs", .theirs),
        ]

        var expected: String { "an object of JSON Pointers with \(expectedInside)" }

        private var expectedInside: String {
            switch self {
            case .policies:
                Self.decisions.map { "\"\($0.word)\"" }.joined(separator: " or ")
            case .identityKeys: "the name of a member"
            }
        }

        /// Takes the rules of a file over those of the files before it, pointer by pointer.
        func take(_ value: JSONValue, into rules: inout MergeRules) throws(RuleFault) {
            guard let object = value.object else {
                throw RuleFault(words: "expected \(expected)")
            }
            for (name, value) in object where !name.text.hasPrefix("//") {
                let pointer: JSONPointer
                do {
                    pointer = try JSONPointer(parsing: name)
                } catch {
                    throw RuleFault(path: [name.text], words: error.message)
                }
                guard take(value, at: pointer, into: &rules) else {
                    throw RuleFault(path: [name.text], words: "expected \(expectedInside)")
                }
            }
        }

        private func take(
            _ value: JSONValue,
            at pointer: JSONPointer,
            into rules: inout MergeRules
        ) -> Bool {
            switch self {
            case .policies:
                guard let decision = Self.decisions.first(where: { $0.word == value.text }) else {
                    return false
                }
                rules.policy.decisions[pointer] = decision.value
            case .identityKeys:
                guard case .string(let name) = value, !name.bytes.isEmpty else { return false }
                rules.identities.exceptions[pointer] = name
            }
            return true
        }

        /// The rules as a file would have them; nil where there are none.
        func current(_ rules: MergeRules) -> JSONValue? {
            let members: [(JSONPointer, JSONValue)] =
                switch self {
                case .policies:
                    Self.decisions.flatMap { decision in
                        rules.policy.decisions.filter { $0.value == decision.value }
                            .map { ($0.key, .string(JSONString(decision.word))) }
                    }
                case .identityKeys: rules.identities.exceptions.map { ($0, .string($1)) }
                }
            guard !members.isEmpty else { return nil }
            var object = JSONObject()
            for (pointer, value) in members.sorted(by: { $0.0.string < $1.0.string }) {
                object[pointer.string] = value
            }
            return .object(object)
        }
    }

    /// Takes the rules of single applications over those of the files before.
    static func take(
        _ value: JSONValue,
        into rules: inout [JSONString: MergeRules]
    ) throws(RuleFault) {
        guard let applications = value.object else { throw RuleFault() }
        for (name, value) in applications where !name.text.hasPrefix("//") {
            let application = name.text
            do throws(MessageError) {
                try Identifier.validate(application, named: "application id")
            } catch {
                throw RuleFault(path: [application], words: error.message)
            }
            var own = rules[name] ?? MergeRules()
            do throws(RuleFault) { try own.take(value) } catch { throw error.inside(application) }
            rules[name] = own
        }
    }

    private mutating func take(_ value: JSONValue) throws(RuleFault) {
        let names = Member.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
        guard let members = value.object else {
            throw RuleFault(words: "expected an object with \(names)")
        }
        for (name, value) in members where !name.text.hasPrefix("//") {
            guard let member = Member(rawValue: name.text) else {
                throw RuleFault(path: [name.text], words: "unknown key; expected \(names)")
            }
            do throws(RuleFault) {
                try member.take(value, into: &self)
            } catch {
                throw error.inside(name.text)
            }
        }
    }

    /// The rules of single applications as a file would have them; nil where there are none.
    static func setting(of rules: [JSONString: MergeRules]) -> JSONValue? {
        guard !rules.isEmpty else { return nil }
        var applications = JSONObject()
        for (application, rules) in rules.sorted(by: { $0.key < $1.key }) {
            var members = JSONObject()
            for member in Member.allCases {
                members[JSONString(member.rawValue)] = member.current(rules)
            }
            applications[application] = .object(members)
        }
        return .object(applications)
    }
}
