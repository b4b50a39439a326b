/// How much of a reply must be as it was recorded.
package enum MatchLevel: String, CaseIterable, Hashable, Sendable {
  /// The code, the class of the enhanced status code, the keywords offered to EHLO.
  case code
  /// All words, but for those that differ from one session to the next by nature (`VolatileText`).
  case text
  /// Each octet, line endings included.
  case exact
}
