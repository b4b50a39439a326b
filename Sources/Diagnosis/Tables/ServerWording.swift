import SMTPSession
import SMTPWire

/// A text that servers are known to use, and what it means.
struct ServerWording: Sendable {
  /// The public name, kept for ever: `wording.greylisted`.
  let id: String
  /// A few words.
  let title: String
  /// Any one of these phrases is enough.
  let patterns: [WordingPattern]
  /// The first phrase as a text that bears it.
  let firstPhrase: String
  /// The codes with which the text has this meaning.
  let codes: ClosedRange<Int>
  /// Whether the text has this meaning only where AUTH was answered.
  let isLoginOnly: Bool
  /// What is named in the cause where it says `{}`, and what stands there when it is not found.
  let capture: (WordingCapture, fallback: String)?
  /// One plain sentence.
  let cause: String
  /// What to try; the element `@login` is replaced by the way to log in from here.
  let next: [String]
  let clause: String

  init(
    _ id: String, _ title: String, _ phrases: [String], codes: ClosedRange<Int> = 400...599, isLoginOnly: Bool = false,
    capture: (WordingCapture, fallback: String)? = nil, cause: String, next: [String], clause: String
  ) {
    self.id = "wording." + id
    self.title = title
    patterns = phrases.map(WordingPattern.init)
    firstPhrase = phrases.first.map { $0.split(separator: "*").joined(separator: " ") } ?? ""
    self.codes = codes
    self.isLoginOnly = isLoginOnly
    self.capture = capture
    self.cause = cause
    self.next = next
    self.clause = clause
  }

  /// A wording found in a reply, its blank filled in.
  struct Match: Sendable {
    let wording: ServerWording
    let cause: String
    let next: [String]
  }

  /// The longest text that is searched.
  private static let most = 8192

  /// The first wording of the table that a reply bears; only replies that refuse are looked at.
  static func match(_ reply: Reply, in situation: SessionSituation) -> Match? {
    guard reply.code.isFailure else { return nil }
    let text = joined(reply)
    let upper = text.map(\.asciiUppercased)
    for wording in ServerWordingTable.entries where wording.fits(reply.code, situation) {
      for pattern in wording.patterns {
        guard let range = pattern.range(inUppercased: upper) else { continue }
        return wording.match(text, range.upperBound, situation)
      }
    }
    return nil
  }

  /// The lines as one text. A sentence may go on in the next line, behind that line's own enhanced code.
  private static func joined(_ reply: Reply) -> [UInt8] {
    var text: [UInt8] = []
    for (index, line) in reply.texts.enumerated() where text.count < most {
      let code = index == 0 ? nil : EnhancedStatusCode(prefixOf: line)
      let words = line.dropFirst(code?.description.utf8.count ?? 0).drop { $0 == 0x20 }
      text += (index == 0 ? [] : [0x20]) + words.prefix(most)
    }
    return text
  }

  private func fits(_ code: ReplyCode, _ situation: SessionSituation) -> Bool {
    codes.contains(code.rawValue) && (!isLoginOnly || situation.isLogin)
  }

  private func match(_ text: [UInt8], _ end: Int, _ situation: SessionSituation) -> Match {
    let word = capture.map { $0.0.text(in: text, behind: end) ?? $0.fallback } ?? ""
    let next = next.flatMap { $0 == "@login" ? situation.loginAdvice : [filled($0, word)] }
    return Match(wording: self, cause: filled(cause, word), next: next)
  }

  private func filled(_ template: String, _ word: String) -> String {
    guard let range = template.firstRange(of: "{}") else { return template }
    return template[..<range.lowerBound] + word + template[range.upperBound...]
  }
}
