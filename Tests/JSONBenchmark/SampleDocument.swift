/// Saved reports of a call centre: identities, names in Cyrillic, lists of numbers and strings.
enum SampleDocument {
    private static let names = [
        "Ежедневный отчёт по операторам", "Входящие звонки", "Report of abandoned calls",
        "Отчёт \"Смена 2\"", "SLA", "Группа поддержки\nвторая линия",
    ]

    /// The compact document, as the writer lays it out, of a length just above the given one.
    static func bytes(atLeast length: Int) -> [UInt8] {
        var text = "{\"reports\":["
        var index = 0
        while text.utf8.count < length {
            if index > 0 { text += "," }
            text += report(index)
            index += 1
        }
        return Array((text + "],\"version\":3}").utf8)
    }

    private static func report(_ index: Int) -> String {
        let name = names[index % names.count]
            .replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
        let operators = (0..<index % 9).map { "\"\(100 + ($0 * 37 + index) % 900)\"" }
        let intervals = (0..<4).map {
            "{\"from\":\(1_700_000_000 + index * 900 + $0 * 60),\"share\":0.\(1 + $0 * 17 % 9),"
                + "\"open\":\($0 % 2 == 0)}"
        }
        return """
            {"id":"5f2b8c1e-\(100_000 + index)","name":"\(name)","owner":\(index % 500),\
            "operatorIds":[\(operators.joined(separator: ","))],\
            "filter":{"queue":"sales-\(index % 12)","domain":"biysk.local","group":null},\
            "intervals":[\(intervals.joined(separator: ","))],\
            "columns":["waiting","talking","Обработано","Пропущено"],"shared":\(index % 3 == 0)}
            """
    }
}
