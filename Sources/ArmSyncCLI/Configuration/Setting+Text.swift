import JSONDocument

extension Setting {
    /// Text that is not empty.
    ///
    /// - Parameters:
    ///   - accepts: another rule in place of that one.
    ///   - complaint: what is wrong with a text, in words; nil where nothing is.
    static func text(
        _ key: String,
        _ environment: String? = nil,
        help: String,
        expected: String,
        example: String,
        otherwise: String = "none",
        accepts: @escaping @Sendable (String) -> Bool = { !$0.isEmpty },
        complaint: @escaping @Sendable (String) -> String? = { _ in nil },
        _ place: @autoclosure @escaping Place<String?>
    ) -> Setting {
        var setting = Setting(
            key,
            environment,
            help: help,
            expected: "\(expected) such as \"\(example)\"",
            example: .string(JSONString(example)),
            otherwise: otherwise,
            current: { $0[keyPath: place()].map { .string(JSONString($0)) } },
            assign: { configuration, value in
                guard let text = value.text, accepts(text), complaint(text) == nil else {
                    return false
                }
                configuration[keyPath: place()] = text
                return true
            }
        )
        setting.complaint = complaint
        return setting
    }

    /// Text that has a default.
    static func text(
        _ key: String,
        _ environment: String? = nil,
        help: String,
        expected: String,
        example: String,
        accepts: @escaping @Sendable (String) -> Bool = { !$0.isEmpty },
        _ place: @autoclosure @escaping Place<String>
    ) -> Setting {
        Setting(
            key,
            environment,
            help: help,
            expected: "\(expected) such as \"\(example)\"",
            example: .string(JSONString(example)),
            current: { .string(JSONString($0[keyPath: place()])) },
            assign: { configuration, value in
                guard let text = value.text, accepts(text) else { return false }
                configuration[keyPath: place()] = text
                return true
            }
        )
    }

    /// The path of a file or directory. A relative one would be another place wherever the program
    /// is started, and edits made in one folder would not be found in the next.
    static func path(
        _ key: String,
        _ environment: String? = nil,
        help: String,
        expected: String = "a path that begins with /,",
        example: String,
        otherwise: String = "none",
        _ place: @autoclosure @escaping Place<String?>
    ) -> Setting {
        text(
            key,
            environment,
            help: help,
            expected: expected,
            example: example,
            otherwise: otherwise,
            accepts: { $0.hasPrefix("/") },
            place()
        )
    }
}
