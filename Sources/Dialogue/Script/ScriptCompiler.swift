import Failures
import SMTPWire

/// Makes the items of a script out of the lines of its files, and finds what the lines mean wrongly.
struct ScriptCompiler {
  typealias Item = DialogueScript.Item

  /// A step that `> end` ends.
  struct Block {
    enum Kind {
      case pipeline
      case branch
      /// The other part of a branch; the item that jumps over it.
      case otherwise(jump: Int)
      case repetition
    }

    var kind: Kind
    /// The index of its first item.
    let start: Int
    /// The number of the line that began it.
    let line: Int
  }

  /// How deep blocks, and included files, may stand within each other.
  static let maximumDepth = 16
  /// The greatest number of lines of all included files.
  static let maximumIncludedLines = 1_000_000
  /// The greatest number of included files, one that is included twice counted twice.
  static let maximumInclusions = 1_000

  private(set) var items: [Item] = []
  private(set) var sources: [DialogueScript.Source] = []
  private(set) var diagnostics: [DialogueDiagnostic] = []
  private(set) var variables: [DialogueVariable] = []
  private let include: ScriptIncluder?
  private let messages: ScriptMessageCheck?
  /// The files that are being compiled, from the script itself to the innermost.
  private var stack: [Int] = []
  private var blocks: [Block] = []
  /// The item of a reply whose last line has not come; events may stand between its lines, nothing else.
  private var openReply: Int?
  /// Within `> pipeline`: the item of the reply that an `S~` line directly behind it belongs to.
  private var lastReply: Int?
  private var needed: Set<String> = []
  private var assigned: Set<String> = []
  private var sendsEHLO = false
  private var includedLines = 0
  private var inclusions = 0

  init(include: ScriptIncluder?, messages: ScriptMessageCheck? = nil) {
    self.include = include
    self.messages = messages
  }

  /// Adds the lines of a file.
  mutating func compile(_ dialogue: Dialogue, path: String?) {
    let outer = blocks
    blocks = []
    stack.append(sources.count)
    sources.append(DialogueScript.Source(path: path, dialogue: dialogue, isRecording: dialogue.isRecording))
    items.reserveCapacity(items.count + dialogue.lines.count)
    for (index, line) in dialogue.lines.enumerated() { add(line, number: index + 1) }
    while let block = blocks.last {
      report(.init(offset: 0, message: "`> end` is missing for this"), dialogue.lines[block.line - 1], block.line)
      endBlock()
    }
    stack.removeLast()
    blocks = outer
  }

  private var source: DialogueScript.Source { sources[stack.last ?? 0] }

  private mutating func append(_ content: Item.Content, _ number: Int) {
    items.append(Item(source: Int32(stack.last ?? 0), number: Int32(truncatingIfNeeded: number), content: content))
  }

  private mutating func add(_ line: DialogueLine, number: Int) {
    switch line.kind {
    case .client:
      (openReply, lastReply) = (nil, nil)
      append(.client, number)
      noteVariables(of: line, number)
      if !sendsEHLO { sendsEHLO = line.text.prefix(4).equalsIgnoringCase("EHLO") }
    case .server: addServer(line, number)
    case .pattern: addPattern(line, number)
    case .step:
      (openReply, lastReply) = (nil, nil)
      addStep(line, number)
    case .event: addEvent(line, number)
    case .note, .blank, .unknown: return
    }
  }

  /// Adds an `S:` line to the reply it continues, else as the beginning of one.
  private mutating func addServer(_ line: DialogueLine, _ number: Int) {
    let head = ServerLineHead(line)
    if !head.isReply, !source.isRecording { report(head.fault(line), line, number) }
    noteVariables(of: line, number)
    if let index = openReply {
      items[index].content = .reply(last: Int32(truncatingIfNeeded: number))
    } else {
      openReply = items.count
      lastReply = items.count
      append(.reply(last: Int32(truncatingIfNeeded: number)), number)
    }
    if !head.isContinued { openReply = nil }
  }

  private mutating func addPattern(_ line: DialogueLine, _ number: Int) {
    do throws(ReplyPattern.Fault) {
      assigned.formUnion(try ReplyPattern(line.text).names)
    } catch {
      return report(.init(offset: 0, message: error.message), line, number)
    }
    let isInPipeline = if case .pipeline? = blocks.last?.kind { true } else { false }
    if let index = openReply ?? (isInPipeline ? lastReply : nil) {
      items[index].content = .reply(last: Int32(truncatingIfNeeded: number))
    } else {
      append(.pattern, number)
    }
  }

  private mutating func addEvent(_ line: DialogueLine, _ number: Int) {
    append(.event, number)
    guard case .elided(let elision)? = line.sessionEvent else { return }
    let message = "these \(elision.count) octets were left out; a client's replay sends as many others"
    report(.init(offset: 0, message: message), line, number, .note)
  }
}

// Steps.
extension ScriptCompiler {
  private mutating func addStep(_ line: DialogueLine, _ number: Int) {
    do throws(DialogueStep.Fault) {
      try add(try DialogueStep(line.text), line, number)
    } catch {
      report(error, line, number)
    }
  }

  private mutating func add(_ step: DialogueStep, _ line: DialogueLine, _ number: Int) throws(DialogueStep.Fault) {
    if case .pipeline? = blocks.last?.kind {
      switch step {
      case .raw, .expect, .end: break
      default: throw .init(offset: 0, message: "within `> pipeline` only raw, expect and end are possible")
      }
    }
    switch step {
    case .pipeline, .branch, .repetition: try begin(step, number)
    case .otherwise: try addElse(number)
    case .end:
      guard !blocks.isEmpty else { throw .init(offset: 0, message: "there is no if, repeat or pipeline to end") }
      endBlock()
    case .include(let name): try addInclude(name, at: Self.fileOffset(line))
    case .message(let file?):
      append(.step(step), number)
      if let words = messages?(file, source.path) { throw Self.unreadable(words, at: Self.fileOffset(line)) }
    case .assign(let name, let text):
      note(text.variables, number)
      append(.step(step), number)
      assigned.insert(name)
    case .raw(let text, _):
      note(text.variables, number)
      append(.step(step), number)
    case .expect(let condition):
      note(condition.variables, number)
      append(.step(step), number)
    default:
      append(.step(step), number)
      if step == .startTLS, !sendsEHLO { note([DialogueScript.clientName], number) }
    }
  }

  private mutating func begin(_ step: DialogueStep, _ number: Int) throws(DialogueStep.Fault) {
    guard blocks.count < Self.maximumDepth else {
      throw .init(offset: 0, message: "at most \(Self.maximumDepth) blocks stand within each other")
    }
    switch step {
    case .branch(let condition):
      note(condition.variables, number)
      blocks.append(Block(kind: .branch, start: items.count, line: number))
      append(.branch(condition, otherwise: items.count + 1), number)
    case .repetition(let times):
      blocks.append(Block(kind: .repetition, start: items.count, line: number))
      append(.loop(times: Int32(truncatingIfNeeded: times), end: 0), number)
    default: blocks.append(Block(kind: .pipeline, start: items.count, line: number))
    }
  }

  private mutating func addElse(_ number: Int) throws(DialogueStep.Fault) {
    guard let block = blocks.last, case .branch = block.kind,
      case .branch(let condition, _) = items[block.start].content
    else { throw .init(offset: 0, message: "there is no `> if` for this else") }
    blocks[blocks.count - 1].kind = .otherwise(jump: items.count)
    append(.jump(to: items.count + 1), number)
    items[block.start].content = .branch(condition, otherwise: items.count)
  }

  private mutating func endBlock() {
    let block = blocks.removeLast()
    switch block.kind {
    case .branch:
      guard case .branch(let condition, _) = items[block.start].content else { return }
      items[block.start].content = .branch(condition, otherwise: items.count)
    case .otherwise(let jump): items[jump].content = .jump(to: items.count)
    case .repetition:
      guard case .loop(let times, _) = items[block.start].content else { return }
      append(.again(head: block.start), block.line)
      items[block.start].content = .loop(times: times, end: Int32(truncatingIfNeeded: items.count))
    case .pipeline: sendFirst(from: block.start)
    }
  }

  /// Puts all that is sent before all that is expected.
  private mutating func sendFirst(from start: Int) {
    let isSent: (Item) -> Bool = { item in
      if case .step(.raw) = item.content { true } else { item.content == .client }
    }
    let block = items[start...]
    items.replaceSubrange(start..., with: block.filter(isSent) + block.filter { !isSent($0) })
  }

  /// Where the file that a step names begins.
  private static func fileOffset(_ line: DialogueLine) -> Int {
    var words = StepWords(line.text)
    _ = words.next()
    return words.offset
  }

  private static func unreadable(_ words: String, at offset: Int) -> DialogueStep.Fault {
    .init(offset: offset, message: OctetText.readable(Array(words.utf8)), name: .fileUnreadable)
  }

  private mutating func addInclude(_ name: String, at offset: Int) throws(DialogueStep.Fault) {
    guard let include else { throw .init(offset: offset, message: "no file can be included here") }
    guard stack.count <= Self.maximumDepth else {
      throw .init(offset: offset, message: "at most \(Self.maximumDepth) files include each other")
    }
    inclusions += 1
    guard inclusions <= Self.maximumInclusions, includedLines <= Self.maximumIncludedLines else {
      throw .init(
        offset: offset,
        message: "at most \(Self.maximumInclusions) files with \(Self.maximumIncludedLines) lines can be included")
    }
    switch include(name, source.path) {
    case .failed(let words): throw Self.unreadable(words, at: offset)
    case .read(let path, let reading):
      guard !stack.contains(where: { sources[$0].path == path }) else {
        throw .init(offset: offset, message: "this file is being included already: a circle would have no end")
      }
      includedLines += reading.dialogue.lines.count
      guard includedLines <= Self.maximumIncludedLines else {
        throw .init(offset: offset, message: "included files have at most \(Self.maximumIncludedLines) lines")
      }
      let isKnown = sources.contains { $0.path == path }
      if !isKnown { diagnostics += reading.diagnostics.map { $0.inFile(path) } }
      compile(DialogueVersion.current(of: reading.dialogue), path: path)
    }
  }
}

// What is reported.
extension ScriptCompiler {
  private mutating func report(
    _ fault: DialogueStep.Fault, _ line: DialogueLine, _ number: Int,
    _ severity: DialogueDiagnostic.Severity = .error
  ) {
    guard diagnostics.count < DialogueReader.maximumDiagnostics else { return }
    let written = line.written
    let offset = written.count - line.textCount + fault.offset
    let diagnostic = DialogueDiagnostic(
      severity, line: number, at: offset, of: written, fault.message, name: fault.name)
    diagnostics.append(diagnostic.inFile(source.path))
  }

  private mutating func noteVariables(of line: DialogueLine, _ number: Int) {
    guard line.source.contains(UInt8(ascii: "$")) else { return }
    note(line.content.variables, number)
  }

  private mutating func note(_ names: [String], _ number: Int) {
    for name in names where !assigned.contains(name) && needed.insert(name).inserted {
      variables.append(DialogueVariable(name: name, line: number, file: source.path))
    }
  }
}

/// The beginning of an `S:` line, as far as it decides which lines belong to one reply.
struct ServerLineHead {
  /// Whether it begins as a reply, or the expectation of one, does.
  let isReply: Bool
  /// Whether a hyphen says that more lines follow.
  let isContinued: Bool

  init(_ line: DialogueLine) {
    let fast = line.source.withUnsafeBufferPointer { Self.digits($0, at: line.textOffset, count: line.textCount) }
    if let fast {
      self = fast
    } else {
      let read = ReplyExpectation.Line(line, number: 0)
      isReply = read.code != nil
      isContinued = read.isContinued
    }
  }

  private init(isContinued: Bool) {
    isReply = true
    self.isContinued = isContinued
  }

  /// Three digits, and a blank, a hyphen or nothing behind them; nil for what has to be read in full.
  private static func digits(_ source: UnsafeBufferPointer<UInt8>, at start: Int, count: Int) -> Self? {
    guard count >= 3, source[start].isASCIIDigit, source[start + 1].isASCIIDigit, source[start + 2].isASCIIDigit else {
      return nil
    }
    guard count > 3 else { return Self(isContinued: false) }
    switch source[start + 3] {
    case UInt8(ascii: " "): return Self(isContinued: false)
    case UInt8(ascii: "-"): return Self(isContinued: true)
    default: return nil
    }
  }

  /// What is wrong with a line that begins no reply.
  func fault(_ line: DialogueLine) -> DialogueStep.Fault {
    let head = ReplyExpectation.Line(line, number: 0).head
    let words = head.isEmpty ? "expected a reply code" : "\(DialogueDiagnostic.shown(head)) is no reply code"
    return .init(
      offset: 0, message: "\(words); expected three digits such as 250, 25z or 2yz, and | between alternatives")
  }
}
