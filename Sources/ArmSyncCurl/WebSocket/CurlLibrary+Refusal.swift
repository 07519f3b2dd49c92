import CLibcurl
import Glibc

extension CurlLibrary {
    /// A refusal in the words of an answer over HTTP.
    func reply(_ refusal: UpgradeRefusal) -> CurlReply {
        CurlReply(
            status: refusal.status,
            retryAfter: refusal.retryAfter.flatMap(duration),
            body: refusal.body
        )
    }

    /// `Retry-After` (RFC 9110, 10.2.3): a number of seconds, or a date.
    private func duration(of retryAfter: String) -> Duration? {
        let seconds = Int64(retryAfter) ?? secondsUntil(retryAfter)
        guard let seconds, seconds > 0 else { return nil }
        return .seconds(seconds)
    }

    private func secondsUntil(_ date: String) -> Int64? {
        let moment = table.pointee.getdate(date, nil)
        return moment < 0 ? nil : Int64(moment - time(nil))
    }
}
