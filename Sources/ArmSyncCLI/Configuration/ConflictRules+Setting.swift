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

extension ConflictRules {
    /// One of the two kinds of rules, as a member of a file.
    enum Member: String, Sendable, CaseIterable {
        case policies = "conflict_policy"
        case identityKeys = "identity_keys"

        var expected: String { "an object of JSON Pointers with \(expectedInside)" }

        private var expectedInside: String {
            switch self {
            case .policies:
                ConflictPolicy.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
            case .identityKeys: "the name of a member"
            }
        }

        /// Takes the rules of a file over those of the files before it, pointer by pointer.
        func take(_ value: JSONValue, into rules: inout ConflictRules) throws(RuleFault) {
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
            into rules: inout ConflictRules
        ) -> Bool {
            switch self {
            case .policies:
                guard let policy = value.text.flatMap(ConflictPolicy.init(rawValue:)) else {
                    return false
                }
                rules.policies[pointer] = policy
            case .identityKeys:
                guard case .string(let name) = value, !name.bytes.isEmpty else { return false }
                rules.identityKeys[pointer] = name
            }
            return true
        }

        /// The rules as a file would have them; nil where there are none.
        func current(_ rules: ConflictRules) -> JSONValue? {
            let members: [(JSONPointer, JSONValue)] =
                switch self {
                case .policies:
                    rules.policies.map { ($0, .string(JSONString($1.rawValue))) }
                case .identityKeys: rules.identityKeys.map { ($0, .string($1)) }
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
        into rules: inout [String: ConflictRules]
    ) throws(RuleFault) {
        guard let applications = value.object else { throw RuleFault() }
        for (name, value) in applications where !name.text.hasPrefix("//") {
            let application = name.text
            do throws(MessageError) {
                try Identifier.validate(application, named: "application id")
            } catch {
                throw RuleFault(path: [application], words: error.message)
            }
            var own = rules[application] ?? ConflictRules()
            do throws(RuleFault) { try own.take(value) } catch { throw error.inside(application) }
            rules[application] = own
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
    static func setting(of rules: [String: ConflictRules]) -> JSONValue? {
        guard !rules.isEmpty else { return nil }
        var applications = JSONObject()
        for (application, rules) in rules.sorted(by: { JSONString($0.key) < JSONString($1.key) }) {
            var members = JSONObject()
            for member in Member.allCases {
                members[JSONString(member.rawValue)] = member.current(rules)
            }
            applications[JSONString(application)] = .object(members)
        }
        return .object(applications)
    }
}
