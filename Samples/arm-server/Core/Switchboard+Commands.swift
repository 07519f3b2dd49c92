/// The two commands themselves.
extension Switchboard {
    /// Checks the contract and, unless a fault keeps it from that, does what is asked.
    func answer(
        to call: Call,
        under fault: Fault?,
        _ state: inout State,
        _ record: inout RequestRecord
    ) -> Answer {
        do throws(Refusal) {
            let request = try Contract(command: call.command).request(from: call.message.get())
            let address = DocumentAddress(
                domain: call.domain,
                application: request.application,
                agent: request.agent ?? options.sessionAgent
            )
            record.application = address.application
            record.agent = address.agent
            guard fault?.carriesOut ?? true else { return .saved }
            switch request.command {
            case .read:
                record.outcome = "read"
                return state.store[address].map { .userData($0) } ?? options.absentForm.answer
            case .save:
                record.outcome = try save(
                    request.content,
                    at: address,
                    fault?.meddling,
                    in: &state.store
                )
                return .saved
            }
        } catch {
            record.outcome = "refused"
            return .refused(error)
        }
    }

    /// Replaces the document and says in a word what was done. A save without `user_data` leaves
    /// nothing: it replaces the whole too.
    private func save(
        _ content: [Node]?,
        at address: DocumentAddress,
        _ meddling: Fault.Meddling?,
        in store: inout Store
    ) throws(Refusal) -> String {
        guard meddling != .lose else { return "lost" }
        let isAltered = meddling == .alter && content != nil
        do {
            try store.replace(
                address,
                with: isAltered ? content.map(VendorShape.altered) : content
            )
        } catch {
            throw Refusal(reason: "the document cannot be stored: \(error.message)")
        }
        return isAltered ? "altered" : content == nil ? "cleared" : "saved"
    }
}
