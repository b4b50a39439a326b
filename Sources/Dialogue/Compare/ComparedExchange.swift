import SMTPWire

/// A command and its reply, as far as two dialogues are aligned by them; its words stay in the dialogue.
struct ComparedExchange: Hashable, Sendable {
  /// What was answered.
  enum Kind: UInt8, Hashable, Sendable {
    case greeting, command, authentication, messageEnd, unprompted
  }

  let kind: Kind
  let verb: Command.Verb
  /// Equal where two commands are the same but for what varies by nature: the name in EHLO, parameters, credentials.
  let key: UInt64
  /// The index of the command's line, of the dot's, or of the reply's first where there is none.
  let line: Int32
  /// The index of the first line of a message; behind it follow all up to `line`.
  var bodyStart: Int32 = -1
  /// The indices of the reply's first and last line; -1 when none came.
  var firstReply: Int32 = -1
  var lastReply: Int32 = -1
  /// The reply's code; -1 when what came is no reply, or nothing.
  var code: Int16 = -1
  /// Whether it was said through TLS.
  var isEncrypted = false
}

/// The exchanges of a dialogue, and its other facts.
struct ComparedDialogue: Sendable {
  let dialogue: Dialogue
  var exchanges: [ComparedExchange] = []
  /// The indices of the lines `* tls`, `* certificate` and those that say how the connection ended.
  fileprivate(set) var handshakes: [Int] = []
  fileprivate(set) var certificates: [Int] = []
  fileprivate(set) var endings: [Int] = []
  /// Whether some part of it went through TLS.
  fileprivate(set) var usesTLS = false

  init(_ dialogue: Dialogue) {
    var lister = ExchangeLister(dialogue)
    self = lister.list()
  }

  fileprivate init(empty dialogue: Dialogue) { self.dialogue = dialogue }
}

/// Walks through a dialogue once and lists what was said and answered.
private struct ExchangeLister {
  private enum Body {
    case none
    case data(start: Int)
    case chunk(left: Int)
  }

  private var result: ComparedDialogue
  /// What waits for its reply, in order, from `head` on.
  private var pending: [ComparedExchange] = []
  private var head = 0
  private var body = Body.none
  private var answersChallenge = false
  private var isEncrypted = false
  private var reply: (first: Int, code: Int)?
  /// Whether the line before was a command without an ending.
  private var isPartial = false

  init(_ dialogue: Dialogue) {
    result = ComparedDialogue(empty: dialogue)
    result.exchanges.reserveCapacity(dialogue.lines.count / 2)
    open(at: 0)
  }

  mutating func list() -> ComparedDialogue {
    for (index, line) in result.dialogue.lines.enumerated() {
      switch line.kind {
      case .client: client(line, index)
      case .server: server(line, index)
      case .event: event(line, index)
      case .pattern, .note, .step, .blank, .unknown: continue
      }
    }
    for exchange in pending[head...] where exchange.kind != .greeting { result.exchanges.append(exchange) }
    return result
  }

  private mutating func open(at index: Int) {
    for exchange in pending[head...] where exchange.kind != .greeting { result.exchanges.append(exchange) }
    (pending, head, body, isEncrypted, answersChallenge, reply, isPartial) = ([], 0, .none, false, false, nil, false)
    wait(for: .greeting, .other, key: 1, index)
  }

  private mutating func wait(
    for kind: ComparedExchange.Kind, _ verb: Command.Verb, key: UInt64, _ index: Int, bodyStart: Int = -1
  ) {
    var exchange = ComparedExchange(kind: kind, verb: verb, key: key, line: Int32(truncatingIfNeeded: index))
    exchange.bodyStart = Int32(truncatingIfNeeded: bodyStart)
    exchange.isEncrypted = isEncrypted
    pending.append(exchange)
  }

  private mutating func client(_ line: DialogueLine, _ index: Int) {
    switch body {
    case .data(let start):
      guard line.text.count == 1, line.text.first == UInt8(ascii: ".") else { return }
      body = .none
      wait(for: .messageEnd, .other, key: 2, index, bodyStart: start)
    case .chunk(let left):
      let content = line.content
      let rest = left - content.octets.count - content.ending.octets.count
      body = rest > 0 ? .chunk(left: rest) : .none
    case .none: command(line, index)
    }
  }

  private mutating func command(_ line: DialogueLine, _ index: Int) {
    let goesOn = line.text.suffix(2).elementsEqual("\\z".utf8)
    defer { isPartial = goesOn }
    if isPartial { return }
    if answersChallenge {
      answersChallenge = false
      return wait(for: .authentication, .auth, key: 3, index)
    }
    let (verb, key) = CommandKey.of(line.text)
    wait(for: .command, verb, key: key, index)
    if verb == .data { body = .data(start: index + 1) }
    if verb == .bdat, let left = Int(String(decoding: line.words.dropFirst().first ?? [], as: UTF8.self)), left > 0 {
      body = .chunk(left: left)
    }
  }

  private mutating func server(_ line: DialogueLine, _ index: Int) {
    let begun = reply?.first ?? index
    let line = ServerLineCode(line)
    if let code = line.code, line.isContinued {
      reply = (begun, code)
    } else {
      reply = nil
      answer(line.code, begun, index)
    }
  }

  private mutating func answer(_ code: Int?, _ first: Int, _ last: Int) {
    if head == pending.count { wait(for: .unprompted, .other, key: 4, first) }
    var exchange = pending[head]
    head += 1
    if head == pending.count { (pending, head) = ([], 0) }
    exchange.firstReply = Int32(truncatingIfNeeded: first)
    exchange.lastReply = Int32(truncatingIfNeeded: last)
    exchange.code = Int16(truncatingIfNeeded: code ?? -1)
    result.exchanges.append(exchange)
    if exchange.verb == .auth { answersChallenge = code == 334 }
    if exchange.verb == .data { body = code.map { $0 / 100 == 3 } ?? false ? .data(start: last + 1) : .none }
    if exchange.verb == .starttls, code == 220 { (isEncrypted, result.usesTLS) = (true, true) }
  }

  private mutating func event(_ line: DialogueLine, _ index: Int) {
    switch line.eventName {
    case .connected: open(at: index)
    case .tls:
      result.handshakes.append(index)
      (isEncrypted, result.usesTLS) = (true, true)
    case .certificate: result.certificates.append(index)
    case .closed, .reset, .timeout, .tlsFailed, .connectFailed: result.endings.append(index)
    default: break
    }
  }
}

/// The code at the beginning of an `S:` line, read without taking the line apart where that is possible.
struct ServerLineCode {
  /// The code; nil where the line begins as no reply does.
  let code: Int?
  /// Whether a hyphen says that more lines follow.
  let isContinued: Bool

  init(_ line: DialogueLine) {
    let text = line.text
    let start = text.startIndex
    guard text.count >= 3, text[start].isASCIIDigit, text[start + 1].isASCIIDigit, text[start + 2].isASCIIDigit else {
      (code, isContinued) = (nil, false)
      return
    }
    let separator = text.count > 3 ? text[start + 3] : 0x20
    isContinued = separator == UInt8(ascii: "-")
    let isEnd = separator == 0x20 || separator == UInt8(ascii: "\\")
    let value = Int(text[start] - 0x30) * 100 + Int(text[start + 1] - 0x30) * 10 + Int(text[start + 2] - 0x30)
    code = isContinued || isEnd ? value : nil
  }
}

/// Makes commands comparable.
enum CommandKey {
  private static let basis: UInt64 = 0xCBF2_9CE4_8422_2325
  private static let verbs: [UInt64: Command.Verb] = {
    var verbs: [UInt64: Command.Verb] = [:]
    for verb in Command.Verb.allCases where verb != .other { verbs[hash(verb.rawValue.utf8, basis)] = verb }
    return verbs
  }()

  /// The verb of a command, and a number that is equal for commands that are the same but for what varies by nature.
  static func of(_ text: ArraySlice<UInt8>) -> (Command.Verb, UInt64) {
    text.withUnsafeBufferPointer { text in
      var index = skipBlanks(text, 0)
      var word = basis
      while index < text.count, !text[index].isASCIIBlank {
        word = mix(word, text[index].asciiUppercased)
        index += 1
      }
      let verb = verbs[word] ?? .other
      let argument = text[skipBlanks(text, index)...]
      switch verb {
      case .ehlo, .helo, .lhlo, .bdat: return (verb, word)
      case .auth: return (verb, hash(argument.prefix { !$0.isASCIIBlank }.lazy.map(\.asciiUppercased), word))
      case .mail, .rcpt: return (verb, hash(path(argument), word))
      default: return (verb, hash(argument, word))
      }
    }
  }

  /// What stands between the angle brackets of a path, or the first word.
  static func path<C: RandomAccessCollection<UInt8>>(_ argument: C) -> C.SubSequence where C.Index == Int {
    guard let open = argument.firstIndex(of: UInt8(ascii: "<")),
      let close = argument[open...].firstIndex(of: UInt8(ascii: ">"))
    else { return argument.prefix { !$0.isASCIIBlank } }
    return argument[(open + 1)..<close]
  }

  private static func skipBlanks(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    var index = start
    while index < text.count, text[index].isASCIIBlank { index += 1 }
    return index
  }

  private static func hash(_ octets: some Sequence<UInt8>, _ start: UInt64) -> UInt64 {
    var hash = start
    for octet in octets { hash = mix(hash, octet) }
    return hash
  }

  /// One round of FNV-1a.
  private static func mix(_ hash: UInt64, _ octet: UInt8) -> UInt64 {
    (hash ^ UInt64(octet)) &* 0x100_0000_01B3
  }
}
