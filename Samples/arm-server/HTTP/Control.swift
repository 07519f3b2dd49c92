import NIOHTTP1

/// The URL by which a test looks behind the server's back: `/_control/…`.
struct Control: Sendable {
    let switchboard: Switchboard

    func reply(to request: HTTPRequest) -> Reply {
        // Whoever can reach it can change every document; no station ever should.
        guard request.isLocal else { return .text(403, "the control URL is for this machine\n") }
        let segments = request.segments
        switch segments.count > 1 ? segments[1] : "" {
        case "faults" where segments.count == 2: return faults(request)
        case "requests" where segments.count == 2:
            return records(request, of: \.requests)
        case "handshakes" where segments.count == 2:
            return records(request, of: \.handshakes)
        case "documents" where segments.count == 5: return document(request, segments[2...])
        default:
            return .text(
                404,
                "there are faults, requests, handshakes and documents/DOMAIN/APPLICATION/AGENT\n"
            )
        }
    }

    private func faults(_ request: HTTPRequest) -> Reply {
        switch request.method {
        case .GET:
            return .text(200, switchboard.withState { $0.faults.text })
        case .DELETE:
            switchboard.withState { $0.faults.removeAll() }
            return Reply.text(200, "no faults\n")
        case .POST:
            do throws(FaultProblem) {
                let text = String(decoding: request.body, as: UTF8.self)
                let faults = try FaultParser.faults(fromLines: text)
                guard !faults.isEmpty else { throw FaultProblem(message: "no fault is given") }
                return .text(
                    200,
                    switchboard.withState { state in
                        state.faults.append(faults)
                        return state.faults.text
                    }
                )
            } catch {
                return .text(400, error.message + "\n")
            }
        default:
            return notAllowed("GET, POST, DELETE")
        }
    }

    private func records<Entry: Record>(
        _ request: HTTPRequest,
        of book: any WritableKeyPath<Switchboard.State, RecordBook<Entry>> & Sendable
    ) -> Reply {
        switch request.method {
        case .GET:
            // Spelt outside of the lock: ten thousand lines take a while.
            let kept = switchboard.withState { $0[keyPath: book] }
            return Reply(content: .page(kept.lines, type: "application/x-ndjson"))
        case .DELETE:
            switchboard.withState { $0[keyPath: book].removeAll() }
            return .text(200, "nothing is kept\n")
        default:
            return notAllowed("GET, DELETE")
        }
    }

    private func document(_ request: HTTPRequest, _ segments: ArraySlice<Substring>) -> Reply {
        let ids = segments.compactMap(PathSegment.decode)
        guard ids.count == 3, !ids.contains("") else {
            return .text(400, "an id is empty or not percent-encoded UTF-8\n")
        }
        let address = DocumentAddress(domain: ids[0], application: ids[1], agent: ids[2])
        switch request.method {
        case .GET:
            return stored(at: address, raw: request.query == "raw=1")
        case .DELETE:
            return store(nil, at: address)
        case .PUT:
            do throws(XMLProblem) {
                let text = try text(of: request.body)
                let isRaw = request.query == "raw=1"
                return store(
                    isRaw ? try content(text) : VendorShape.content(json: text),
                    at: address
                )
            } catch {
                return .text(400, error.message + "\n")
            }
        default:
            return notAllowed("GET, PUT, DELETE")
        }
    }

    private func stored(at address: DocumentAddress, raw: Bool) -> Reply {
        guard let content = switchboard.withState({ $0.store[address] }) else {
            return .text(404, "nothing is stored\n")
        }
        if !raw, let json = VendorShape.json(of: content) {
            return Reply(content: .page(json, type: "application/json"))
        }
        let xml = String(decoding: XMLWriter.content(content), as: UTF8.self)
        return Reply(content: .page(xml, type: "text/xml; charset=utf-8"))
    }

    private func store(_ content: [Node]?, at address: DocumentAddress) -> Reply {
        switchboard.withState { state in
            do throws(FolderProblem) {
                try state.store.replace(address, with: content)
                return .text(200, content == nil ? "removed\n" : "stored\n")
            } catch {
                return .text(500, error.message + "\n")
            }
        }
    }

    private func text(of body: [UInt8]) throws(XMLProblem) -> String {
        guard let text = String(validating: body, as: UTF8.self), XMLCharacters.areAllowed(body)
        else {
            throw XMLProblem(message: "the text is not UTF-8, or has characters XML cannot hold")
        }
        return text
    }

    private func content(_ xml: String) throws(XMLProblem) -> [Node] {
        let root = try XMLReader.element(from: Array("<user_data>\(xml)</user_data>".utf8))
        return root.content
    }

    private func notAllowed(_ methods: String) -> Reply {
        var reply = Reply.text(405, "allowed here: \(methods)\n")
        reply.fields = [("Allow", methods)]
        return reply
    }
}
