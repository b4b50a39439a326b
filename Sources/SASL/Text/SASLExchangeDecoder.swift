import SMTPWire

/// Takes a whole pasted login apart, line by line; what came before tells what a line is.
package struct SASLExchangeDecoder: Sendable {
  /// One line.
  package struct Entry: Sendable {
    /// What became of it.
    package enum Content: Hashable, Sendable {
      case decoded(SASLStringDecoder)
      case failed(SASLStringDecoder.Failure)
      /// It holds no string: another command, a verdict, `*`.
      case plain
    }

    /// Its number, from 1.
    package let number: Int
    /// The line without its ending and without a transcript's mark.
    package let line: [UInt8]
    /// How many octets the mark has.
    package let markCount: Int
    /// Whether the server says it.
    package let isServer: Bool
    /// What it holds.
    package let content: Content

    /// Whether some part must not be shown unasked: it is secret, or it cannot be told in a string that is broken.
    package var hasSecret: Bool {
      switch content {
      case .decoded(let decoded): decoded.fields.contains(where: \.isSecret)
      case .failed: !isServer
      case .plain: false
      }
    }

    /// The line, safe to show: without its last word where that holds a secret, veiled where it is broken.
    package var masked: String {
      guard hasSecret else { return OctetText.readable(line) }
      if case .failed = content { return SASLStringDecoder.veiled(line) }
      let trimmed = Array(line.reversed().drop { $0.isASCIIBlank }.reversed())
      let head = trimmed.lastIndex(where: \.isASCIIBlank).map { trimmed[...$0] } ?? []
      return OctetText.readable(head) + "‹secret \(trimmed.count - head.count) chars›"
    }
  }

  /// The lines that are not empty.
  package private(set) var entries: [Entry] = []
  private var mechanism: String?
  private var responses = 0
  private var isAsked = false

  /// Waits for the first line; lines are given to `decode` as they come.
  package init() {}

  /// Decodes a text of any number of lines, whatever ends them; `now` is in seconds since 1970.
  package init(_ text: String, now: Int? = nil) {
    let lines = Array(text.utf8).split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let line = Array(line.last == 0x0D ? line.dropLast() : line)
      guard line.contains(where: { !$0.isASCIIBlank }) else { continue }
      let head = SASLLineHead(line)
      let content = decode(line, head, now)
      let text = Array(line[head.lineStart...])
      entries.append(
        Entry(
          number: index + 1, line: text, markCount: head.lineStart, isServer: head.isServer ?? false, content: content))
    }
  }

  /// Takes the next line of a login in, with its reply code where it has one, and names its parts.
  package mutating func decode(_ line: [UInt8], now: Int? = nil) -> Entry.Content {
    decode(line, SASLLineHead(line), now)
  }

  private mutating func decode(_ line: [UInt8], _ head: SASLLineHead, _ now: Int?) -> Entry.Content {
    var surroundings = SASLStringDecoder.Surroundings(mechanism: mechanism)
    if let code = head.code {
      guard code == 334 else {
        // Only a verdict or another reply ends the login.
        (mechanism, responses, isAsked) = (nil, 0, false)
        return .plain
      }
      surroundings.isChallenge = true
      isAsked = true
    } else if let named = head.mechanism {
      (mechanism, responses, isAsked) = (named, head.start < line.count ? 1 : 0, false)
      surroundings = SASLStringDecoder.Surroundings(mechanism: named, response: 1)
    } else {
      let rest = line[head.start...].prefix { !$0.isASCIIBlank }
      guard rest != [UInt8(ascii: "*")], isAsked || mechanism == nil, !isCommand(line, head) else { return .plain }
      responses += 1
      surroundings.response = mechanism == nil ? nil : responses
      isAsked = false
    }
    do {
      return .decoded(try SASLStringDecoder(line, from: head.start, surroundings, now: now))
    } catch {
      return .failed(error)
    }
  }

  /// Whether a line is a command other than AUTH, which holds no string.
  private func isCommand(_ line: [UInt8], _ head: SASLLineHead) -> Bool {
    guard !isAsked else { return false }
    if case .other = Command(Array(line[head.start...])).verb { return false }
    return true
  }
}
