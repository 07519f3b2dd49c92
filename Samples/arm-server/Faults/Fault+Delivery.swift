/// What a fault makes of the right answer.
extension Fault {
    func delivery(of right: Reply, to command: Command, errorForm: ErrorForm) -> Delivery {
        switch effect {
        case .substitute(let substitute, _):
            return substitute.delivery(to: command, errorForm: errorForm)
        case .shape(let shape):
            var spoilt = right
            spoilt.shape = shape
            return .reply(spoilt, after: .zero)
        case .delay(let delay):
            return .reply(right, after: delay)
        case .carriage(let carriage):
            var carried = right
            carried.carriage = carriage
            return .reply(carried, after: .zero)
        case .meddle, .opening:
            return .reply(right, after: .zero)
        }
    }

    /// What becomes of a request to open a WebSocket.
    func delivery(ofOpening domain: String) -> Delivery {
        switch effect {
        case .substitute(let substitute, _):
            return substitute.deliveryOfOpening()
        case .delay(let delay):
            return .upgrade(Opening(domain: domain), after: delay)
        case .opening(let flaw):
            return .upgrade(Opening(domain: domain, flaw: flaw), after: .zero)
        case .shape, .meddle, .carriage:
            return .upgrade(Opening(domain: domain), after: .zero)
        }
    }
}

extension Fault.Substitute {
    fileprivate func delivery(to command: Command, errorForm: ErrorForm) -> Delivery {
        switch self {
        case .silence: .silence
        case .close: .close
        case .closeFrame(let code): .closeFrame(code: code)
        case .reset: .reset
        case .refusal, .status, .unauthorized, .forbidden, .redirect, .captivePage, .emptyBody:
            .reply(reply(to: command, errorForm: errorForm), after: .zero)
        }
    }

    fileprivate func deliveryOfOpening() -> Delivery {
        switch self {
        case .silence: .silence
        case .close, .closeFrame: .close
        case .reset: .reset
        case .refusal, .status, .unauthorized, .forbidden, .redirect, .captivePage, .emptyBody:
            .reply(page, after: .zero)
        }
    }

    private func reply(to command: Command, errorForm: ErrorForm) -> Reply {
        switch self {
        case .refusal(let code):
            refusal(Refusal(code: code, reason: "refused on purpose"), to: command, errorForm)
        case .forbidden:
            refusal(
                Refusal(reason: "forbidden on purpose"),
                to: command,
                errorForm,
                status: 403
            )
        case .status, .unauthorized, .redirect, .captivePage, .emptyBody, .silence, .close,
            .closeFrame, .reset:
            page
        }
    }

    /// What is not from the switch's commands, and so the same to every command and to none.
    private var page: Reply {
        switch self {
        case .refusal, .forbidden:
            .text(403, "forbidden on purpose\n")
        case .status(let status, let retryAfter):
            Reply(
                status: status,
                fields: retryAfter.map { [("Retry-After", String($0))] } ?? [],
                content: .page("status \(status) on purpose\n", type: "text/plain; charset=utf-8")
            )
        case .unauthorized: .unauthorized
        case .redirect(let status):
            Reply(
                status: status,
                fields: [("Location", "/portal/login")],
                content: .page(Self.loginPage, type: "text/html; charset=utf-8")
            )
        case .captivePage:
            Reply(content: .page(Self.loginPage, type: "text/html; charset=utf-8"))
        case .emptyBody, .silence, .close, .closeFrame, .reset:
            Reply(content: .page("", type: "text/xml; charset=utf-8"))
        }
    }

    private func refusal(
        _ refusal: Refusal,
        to command: Command,
        _ errorForm: ErrorForm,
        status: Int = 200
    ) -> Reply {
        Reply(
            status: status,
            content: .message(Answer.refused(refusal).element(to: command, errorForm: errorForm))
        )
    }

    /// As a hotel's or a proxy's log-in page: no XML, an unclosed element and a bare ampersand.
    private static let loginPage = """
        <!DOCTYPE html>
        <html><head><meta charset="utf-8"><title>Wi-Fi login</title></head>
        <body><p>Please log in & accept the terms<br>
        <form action="/portal/login"><input name="room"></form></body></html>

        """
}
