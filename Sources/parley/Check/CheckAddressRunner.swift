import Dispatch
import MailAddress

/// Judges addresses in their order, and writes a block at a time. Many lines at once are shared out among the machine's
/// processors.
struct CheckAddressRunner: CheckRunner {
  /// Who asks DNS; nil where nobody is asked.
  var mailRoutes: CheckMailRoutes?

  private let profile: AddressProfile
  private var worker: CheckAddressWorker
  private var helpers: [CheckAddressWorker] = []
  private var waiting: [JudgedAddress] = []

  /// Addresses that wait for DNS together.
  private static let batch = 64

  init(profile: AddressProfile, worker: CheckAddressWorker) {
    (self.profile, self.worker) = (profile, worker)
  }

  var isInvalid: Bool { worker.counts.isInvalid }

  mutating func take(argument: [UInt8]) throws { try take(argument.span, isTruncated: false) }

  mutating func take(_ line: Span<UInt8>, isTruncated: Bool) throws {
    guard mailRoutes != nil else {
      worker.take(line, isTruncated: isTruncated)
      return try CheckOutput.writeIfFull(&worker.output)
    }
    waiting.append(worker.judged(line, isTruncated: isTruncated))
    if waiting.count >= Self.batch { try ask() }
  }

  mutating func take(lines: Span<UInt8>) throws {
    let parts = AddressLineReader.parts(of: lines, CheckInput.width)
    guard parts.count > 1, mailRoutes == nil else { return try takeEach(of: lines) }
    try CheckOutput.write(&worker.output)
    while helpers.count < parts.count { helpers.append(worker.fresh) }
    helpers.withUnsafeMutableBufferPointer { helpers in
      lines.withUnsafeBufferPointer { lines in
        nonisolated(unsafe) let (helpers, lines) = (helpers, lines)
        DispatchQueue.concurrentPerform(iterations: parts.count) { index in
          helpers[index].take(lines: lines.span.extracting(parts[index]))
        }
      }
    }
    for index in parts.indices {
      worker.absorb(&helpers[index])
      try CheckOutput.write(&helpers[index].output)
    }
  }

  /// Asks DNS about the addresses that wait, and writes them.
  private mutating func ask() throws {
    let domains = waiting.filter { $0.report.isValid(profile) }.compactMap(\.wireDomain)
    mailRoutes?.ask(domains)
    for address in waiting { append(address) }
    waiting.removeAll(keepingCapacity: true)
    try CheckOutput.writeIfFull(&worker.output)
  }

  private mutating func append(_ address: JudgedAddress) {
    worker.append(address)
    guard let mailRoutes, address.report.isValid(profile) else { return }
    let domain = address.wireDomain
    if worker.isJSON {
      worker.amendJSON { mailRoutes.appendJSON(domain, to: &$0) }
    } else {
      mailRoutes.appendText(domain, to: &worker.output)
    }
  }

  mutating func endItem() {}

  mutating func flush() throws {
    if !waiting.isEmpty { try ask() }
    try CheckOutput.write(&worker.output)
  }

  mutating func finish() throws {
    try flush()
    let counts = worker.counts
    counts.writeNotes()
    if counts.tally.total > 1 { Output.diagnostic(String(counts.tally.summary(profile).dropLast())) }
  }
}
