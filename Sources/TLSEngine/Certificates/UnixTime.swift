import COpenSSL

/// An ASN.1 time in seconds since 1970; 0 when it cannot be read.
func unixSeconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64 {
  guard let time, let epoch = ASN1_TIME_set(nil, 0) else { return 0 }
  defer { ASN1_TIME_free(epoch) }
  var days: Int32 = 0
  var seconds: Int32 = 0
  guard ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 else { return 0 }
  return Int64(days) * 86_400 + Int64(seconds)
}

/// A point of time for people, as in `2026-11-22 19:34:05 UTC`.
func utcText(_ unixSeconds: Int64) -> String {
  let days = floorDivide(unixSeconds, 86_400)
  let rest = unixSeconds - days * 86_400
  let clock = [rest / 3600, rest / 60 % 60, rest % 60].map { twoDigits($0) }.joined(separator: ":")
  return "\(dateText(days)) \(clock) UTC"
}

/// The Gregorian date of a day counted from 1970, reckoned in eras of 400 years that begin in March.
private func dateText(_ days: Int64) -> String {
  let shifted = days + 719_468
  let era = floorDivide(shifted, 146_097)
  let dayOfEra = shifted - era * 146_097
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let shiftedMonth = (5 * dayOfYear + 2) / 153
  let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
  let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return "\(year)-\(twoDigits(month))-\(twoDigits(day))"
}

private func floorDivide(_ dividend: Int64, _ divisor: Int64) -> Int64 {
  let quotient = dividend / divisor
  return dividend % divisor < 0 ? quotient - 1 : quotient
}

private func twoDigits(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
