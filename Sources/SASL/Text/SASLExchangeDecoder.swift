import SMTPWire

/// Takes a whole pasted login apart, line by line; what came before tells what a line is.
///
/// Each line of the client from AUTH to the verdict is an answer, and is masked: LOGIN's by its prompts where there are
/// any, else by its place. A string that a program has broken into lines is joined.
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
    package private(set) var content: Content
    /// The mechanism of the login that it belongs to; nil outside a login.
    package let mechanism: String?
    /// How many octets of the line stand before its string.
    private let headCount: Int

    /// Makes the entry of a line whose string begins behind `headCount` octets; nil for what the line itself tells.
    package init(
      number: Int, line: [UInt8], markCount: Int, isServer: Bool, content: Content, mechanism: String? = nil,
      headCount: Int? = nil
    ) {
      (self.number, self.line, self.markCount, self.isServer) = (number, line, markCount, isServer)
      (self.content, self.mechanism) = (content, mechanism)
      self.headCount = min(headCount ?? SASLLineHead(line).start, line.count)
    }

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
      let secret = string.reversed().drop { $0.isASCIIBlank }.count
      return OctetText.readable(line.prefix(headCount)) + "‹secret \(secret) chars›"
    }

    /// Whether the line is broken: no base64, or no message of its mechanism.
    package var isBroken: Bool {
      switch content {
      case .decoded(let decoded): decoded.isMalformed
      case .failed: true
      case .plain: false
      }
    }

    /// Notes whether a password made the answer.
    package mutating func note(_ verdict: SASLAnswerCheck.Verdict) {
      guard case .decoded(var decoded) = content else { return }
      switch verdict {
      case .fits: decoded.notes.append("the password fits: this answer was made with it")
      case .differs: decoded.notes.append("another password made this answer, or other octets of the same one")
      case .unknown(let reason): decoded.notes.append("the password cannot be verified: \(reason)")
      }
      content = .decoded(decoded)
    }

    /// What is encoded in the line, and what is behind it; empty where there is nothing.
    var string: ArraySlice<UInt8> { line[headCount...] }
  }

  /// What the server asked for last.
  enum Prompt: Hashable, Sendable {
    case user
    case password
    /// It asked in words that are not known.
    case unknown
  }

  /// A login that has begun.
  private struct Login: Sendable {
    var mechanism: String
    var responses = 0
    var isAsked = false
    var prompt: Prompt?
  }

  /// The lines that are not empty.
  package private(set) var entries: [Entry] = []
  private var login: Login?
  /// Whether a challenge stands before the first AUTH, so that the next line answers it.
  private var isAsked = false

  /// Waits for the first line; lines are given to `decode` as they come.
  package init() {}

  /// Decodes a text of any number of lines, whatever ends them; `now` is in seconds since 1970.
  package init(_ text: String, now: Int? = nil) {
    let lines = Array(text.utf8).split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
      .map { SASLPastedLine($0.element, number: $0.offset + 1) }
      .filter { line in line.octets.contains { !$0.isASCIIBlank } }
    var rest = lines[...]
    while var line = rest.popFirst() {
      while let next = rest.first, goes(line, on: next) {
        line.join(next)
        rest = rest.dropFirst()
      }
      take(line, now)
    }
  }

  private func goes(_ line: SASLPastedLine, on next: SASLPastedLine) -> Bool {
    let name = line.head.mechanism ?? login?.mechanism
    let isOnly =
      !line.head.isChallenge && !isCommand(line.octets, line.head)
      && (name.flatMap { SASLMechanismTable.entry($0) }?.isOneMessage == true || login?.isAsked == true)
    return !isCommand(next.octets, next.head) && line.goes(on: next, isOnly: isOnly)
  }

  private mutating func take(_ line: SASLPastedLine, _ now: Int?) {
    let mechanism = line.head.mechanism ?? login?.mechanism
    var content = line.isRemark ? .plain : decode(line.octets, line.head, now)
    if line.pieces > 1, mechanism == "LOGIN", login?.prompt == nil, case .decoded(var decoded) = content {
      // Two long answers look like one that was broken: nobody can tell where the password begins.
      decoded.keepSecret()
      content = .decoded(decoded)
    }
    entries.append(
      Entry(
        number: line.number, line: Array(line.octets[line.head.lineStart...]), markCount: line.head.lineStart,
        isServer: line.head.isServer ?? false, content: content, mechanism: mechanism,
        headCount: line.head.start - line.head.lineStart))
  }

  /// Takes the next line of a login in, with its reply code where it has one, and names its parts.
  package mutating func decode(_ line: [UInt8], now: Int? = nil) -> Entry.Content {
    decode(line, SASLLineHead(line), now)
  }

  private mutating func decode(_ line: [UInt8], _ head: SASLLineHead, _ now: Int?) -> Entry.Content {
    guard let surroundings = place(line, head) else { return .plain }
    let content: Entry.Content
    do {
      content = .decoded(try SASLStringDecoder(line, from: head.start, surroundings, now: now))
    } catch {
      content = .failed(error)
    }
    if surroundings.isChallenge {
      login?.prompt = Self.prompt(content)
    } else if case .decoded = content, login?.prompt != nil {
      // What comes without being asked for may be anything.
      login?.prompt = .unknown
    }
    return content
  }

  /// Where in a login a line stands; nil where it holds no string.
  private mutating func place(_ line: [UInt8], _ head: SASLLineHead) -> SASLStringDecoder.Surroundings? {
    if let code = head.code {
      guard code == 334 else {
        // Only a verdict or another reply ends the login.
        (login, isAsked) = (nil, false)
        return nil
      }
      isAsked = true
      login?.isAsked = true
      return .init(mechanism: login?.mechanism, isChallenge: true)
    }
    if let named = head.mechanism {
      login = Login(mechanism: named, responses: head.start < line.count ? 1 : 0)
      isAsked = false
      return .init(mechanism: named, response: 1)
    }
    let rest = line[min(head.start, line.count)...].prefix { !$0.isASCIIBlank }
    guard head.isServer != true, rest != [UInt8(ascii: "*")] else { return nil }
    if isCommand(line, head) {
      login = nil
      return nil
    }
    defer {
      isAsked = false
      login?.isAsked = false
    }
    login?.responses += 1
    return .init(mechanism: login?.mechanism, response: login?.responses, prompt: login?.prompt)
  }

  /// What a challenge asks for; nil where it is empty, as a server's is that lets the client begin.
  private static func prompt(_ content: Entry.Content) -> Prompt? {
    guard case .decoded(let decoded) = content, let field = decoded.fields.first else { return nil }
    let text = String(decoding: field.octets, as: UTF8.self).lowercased()
    // Passwords first: "Password for user alice" asks for no name.
    if ["pass", "pwd", "secret", "kennwort"].contains(where: text.contains) { return .password }
    if ["user", "name", "login", "account", "mail", "benutzer"].contains(where: text.contains) { return .user }
    return .unknown
  }

  /// Whether a line is a command other than AUTH, which holds no string.
  private func isCommand(_ line: [UInt8], _ head: SASLLineHead) -> Bool {
    guard !isAsked, head.mechanism == nil, head.code == nil else { return false }
    if case .other = Command(Array(line[min(head.start, line.count)...])).verb { return false }
    return true
  }
}
