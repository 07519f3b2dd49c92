import ArmProtocol

/// Whatever message a server sends over a WebSocket is an answer or an error.
///
/// The first byte says what was asked, what lengths count, and whether the rest is a whole message
/// or what follows the numbers of a sound header.
enum MessageLaws {
    static func check(_ bytes: [UInt8]) throws(BrokenLaw) {
        let (head, rest) = FuzzInput.headed(bytes)
        let length: MessageLength = head & 2 == 0 ? .bytes : .characters
        let message = head & 4 == 0 ? sound(rest, length) : rest
        let form = MessageForm(length: length)
        let sequence = MessageForm.sequence(of: message)
        try expect(
            sequence.map { MessageForm.sequenceNumbers.contains($0) } ?? true,
            "a sequence number has four digits"
        )
        try expect(
            MessageForm.sequence(of: Array(message.prefix(17))) == sequence,
            "a number is told by the first bytes alone"
        )
        let answer: MessageAnswer
        do {
            answer = try form.decode(message, answering: XMLLaws.request(head))
        } catch {
            try XMLLaws.checkWords(error)
            return
        }
        try expect(0...999 ~= answer.status, "a status has three digits")
        switch answer.response {
        case .success(let response): try XMLLaws.checkResponse(response, to: head)
        case .failure(let error): try XMLLaws.checkWords(error)
        }
    }

    /// The message whose numbers are right, and whose status is the first three bytes.
    private static func sound(_ rest: [UInt8], _ length: MessageLength) -> [UInt8] {
        let digits = Array("0100000000000007".utf8) + rest
        let count =
            length == .bytes ? digits.count : digits.count { $0 & 0xC0 != 0x80 }
        var message = digits
        for (place, digit) in String(count).utf8.reversed().enumerated() {
            message[11 - place] = digit
        }
        return message
    }
}
