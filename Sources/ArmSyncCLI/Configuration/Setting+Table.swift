extension Setting {
    /// Every key there is, as the reference groups them: what files and the environment may say.
    static let groups: [SettingGroup] = [
        connection, security, documents, saving, conflicts, timing,
    ]

    /// The same in one row.
    static let table: [Setting] = groups.flatMap(\.settings)

    /// The row of a key.
    static func named(_ key: String) -> Setting? { table.first { $0.key == key } }
}

extension Duration {
    static func minutes(_ minutes: Int) -> Duration { .seconds(minutes * 60) }
    static func hours(_ hours: Int) -> Duration { .seconds(hours * 3600) }
}
