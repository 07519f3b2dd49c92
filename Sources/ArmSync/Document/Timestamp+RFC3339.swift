import FoundationEssentials

extension Timestamp {
    /// `2026-11-22T10:00:00.000Z` (RFC 3339).
    ///
    /// Written by hand for the years that have four digits: every record has a moment, and a
    /// formatter costs more than all the rest of its line.
    package var rfc3339: String {
        guard Self.fourDigitYears.contains(milliseconds) else { return formatted }
        let (days, time) = milliseconds.flooredQuotient(Self.dayLength)
        let date = CivilDate(daysSince1970: Int(days))
        let (seconds, fraction) = time.quotientAndRemainder(dividingBy: 1000)
        let (minutes, second) = seconds.quotientAndRemainder(dividingBy: 60)
        let (hour, minute) = minutes.quotientAndRemainder(dividingBy: 60)
        var text: [UInt8] = []
        text.reserveCapacity(Self.length)
        func write(_ number: Int, _ scale: Int, _ separator: Unicode.Scalar) {
            var scale = scale
            while scale > 0 {
                text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / scale % 10))
                scale /= 10
            }
            text.append(UInt8(ascii: separator))
        }
        write(date.year, 1000, "-")
        write(date.month, 10, "-")
        write(date.day, 10, "T")
        write(Int(hour), 10, ":")
        write(Int(minute), 10, ":")
        write(Int(second), 10, ".")
        write(Int(fraction), 100, "Z")
        return String(decoding: text, as: UTF8.self)
    }

    /// Whether its year has four digits, so that the text names this very moment.
    package var hasFourDigitYear: Bool { Self.fourDigitYears.contains(milliseconds) }

    /// The moment such a text names, with or without a fraction of a second.
    package init?(rfc3339 text: String) {
        if let milliseconds = Self.milliseconds(asWritten: text) {
            self.init(milliseconds: milliseconds)
            return
        }
        for fraction in [true, false] {
            let style = Date.ISO8601FormatStyle(includingFractionalSeconds: fraction)
            if let date = try? style.parse(text) {
                let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
                guard let whole = Int64(exactly: milliseconds) else { return nil }
                self.init(milliseconds: whole)
                return
            }
        }
        return nil
    }

    private static let length = 24
    private static let dayLength: Int64 = 86_400_000

    /// From the beginning of the year 1583, before which calendars differ, to the end of 9999.
    private static let fourDigitYears: Range<Int64> = -12_212_553_600_000..<253_402_300_800_000

    /// Every moment there is, in as many digits as it takes.
    private var formatted: String {
        // A binary fraction lies beside the millisecond it stands for, and formatting cuts off: aimed
        // at its middle, every millisecond comes back as itself.
        Date(timeIntervalSince1970: (Double(milliseconds) + 0.5) / 1000)
            .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// The moment of a text just as `rfc3339` writes it; nil for any other spelling.
    private static func milliseconds(asWritten text: String) -> Int64? {
        var bytes = text.utf8.makeIterator()
        func number(_ digits: Int, _ separator: Unicode.Scalar) -> Int? {
            var number = 0
            for _ in 0..<digits {
                guard let byte = bytes.next(),
                    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                else { return nil }
                number = 10 * number + Int(byte - UInt8(ascii: "0"))
            }
            return bytes.next() == UInt8(ascii: separator) ? number : nil
        }
        guard text.utf8.count == length,
            let year = number(4, "-"), let month = number(2, "-"), let day = number(2, "T"),
            let hour = number(2, ":"), hour < 24, let minute = number(2, ":"), minute < 60,
            let second = number(2, "."), second < 60, let fraction = number(3, "Z")
        else { return nil }
        let date = CivilDate(year: year, month: month, day: day)
        let days = date.daysSince1970
        // A day that its month does not have comes back as another.
        guard CivilDate(daysSince1970: days) == date else { return nil }
        let milliseconds = ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + fraction
        return fourDigitYears.contains(Int64(milliseconds)) ? Int64(milliseconds) : nil
    }
}

/// A day of the Gregorian calendar.
private struct CivilDate: Equatable {
    var year: Int
    var month: Int
    var day: Int

    init(year: Int, month: Int, day: Int) {
        (self.year, self.month, self.day) = (year, month, day)
    }

    // Years are counted from March, so that the leap day is the last of one: then the days before a
    // month are a straight line, and 400 such years, an era, have always as many days.
    private static let eraDays = 146_097
    /// From 0000-03-01 to 1970-01-01.
    private static let epoch = 719_468

    init(daysSince1970 days: Int) {
        let (era, dayOfEra) = (days + Self.epoch).flooredQuotient(Self.eraDays)
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / (Self.eraDays - 1)) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = 400 * era + yearOfEra + (month <= 2 ? 1 : 0)
    }

    var daysSince1970: Int {
        let (era, yearOfEra) = (month <= 2 ? year - 1 : year).flooredQuotient(400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = 365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * Self.eraDays + dayOfEra - Self.epoch
    }
}

extension BinaryInteger {
    /// Quotient and remainder, the latter never negative.
    fileprivate func flooredQuotient(_ divisor: Self) -> (quotient: Self, remainder: Self) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
