/// Makes a message's text fit for DATA: doubles a dot that begins a line, and ends with a lone dot (RFC 5321 §4.5.2).
///
/// It can be fed in pieces of any size. Line endings are made CRLF: a bare LF or CR in the text would mean one thing to
/// one server and another to the next.
package struct DotStuffEncoder: Sendable {
  private var atLineStart = true
  private var pendingReturn = false

  /// Makes an encoder at the beginning of a message.
  package init() {}

  /// The octets to send for a piece of text.
  package mutating func encode(_ text: some Collection<UInt8>) -> [UInt8] {
    // Memory whose kind is known: a loop over any collection takes many times as long.
    text.withContiguousStorageIfAvailable { encode(octets: $0) }
      ?? Array(text).withUnsafeBufferPointer { encode(octets: $0) }
  }

  private mutating func encode(octets text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count + text.count / 32 + 2)
    var index = 0
    while index < text.count {
      if !atLineStart, !pendingReturn { index = text.copyText(from: index, to: &output) }
      guard index < text.count else { break }
      let octet = text[index]
      index += 1
      switch octet {
      case 0x0A:
        endLine(&output)
        pendingReturn = false
      case 0x0D:
        if pendingReturn { endLine(&output) }
        pendingReturn = true
      default:
        if pendingReturn { endLine(&output) }
        pendingReturn = false
        if atLineStart, octet == UInt8(ascii: ".") { output.append(octet) }
        atLineStart = false
        output.append(octet)
      }
    }
    return output
  }

  /// The octets that end the message: the last line's ending where it has none, and the final dot.
  package mutating func finish() -> [UInt8] {
    var output: [UInt8] = []
    if pendingReturn || !atLineStart { endLine(&output) }
    self = DotStuffEncoder()
    return output + [UInt8(ascii: "."), 0x0D, 0x0A]
  }

  private mutating func endLine(_ output: inout [UInt8]) {
    output.append(0x0D)
    output.append(0x0A)
    atLineStart = true
  }
}

/// Finds the end of a message sent with DATA and takes the doubled dots away (RFC 5321 §4.5.2).
///
/// A bare LF ends a line as Postfix 3.7 has it (`smtpd_forbid_bare_newline = no`), so `LF . LF` ends the message, unless
/// the end must be CRLF . CRLF; how often a bare LF came is counted. It takes pieces of any size and stops at the end of
/// the message.
package struct DotStuffDecoder: Sendable {
  private enum State: Sendable { case lineStart, text, textReturn, dot, dotReturn }

  private var state = State.lineStart
  /// Whether the lone dot has come.
  package private(set) var isFinished = false
  /// The number of lines that ended in a bare LF.
  package private(set) var bareLineFeeds = 0

  private let requiresCRLF: Bool
  private var isAfterCRLF = true

  /// Makes a decoder at the beginning of a message. With `requiresCRLF`, a lone dot ends the message between two CRLF
  /// only, and is dropped elsewhere (`smtpd_forbid_bare_newline = normalize`).
  package init(requiresCRLF: Bool = false) {
    self.requiresCRLF = requiresCRLF
  }

  /// Decodes a piece: appends the message's lines, each ended by LF alone, and returns the number of octets eaten.
  ///
  /// Fewer than all are eaten only when the message has ended; the rest belongs to what follows.
  package mutating func decode(_ octets: some Collection<UInt8>, into output: inout [UInt8]) -> Int {
    octets.withContiguousStorageIfAvailable { decode(octets: $0, into: &output) }
      ?? Array(octets).withUnsafeBufferPointer { decode(octets: $0, into: &output) }
  }

  private mutating func decode(octets: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) -> Int {
    var eaten = 0
    output.reserveCapacity(output.count + octets.count)
    while eaten < octets.count, !isFinished {
      if state == .text { eaten = octets.copyText(from: eaten, to: &output) }
      guard eaten < octets.count else { break }
      step(octets[eaten], &output)
      eaten += 1
    }
    return eaten
  }

  private mutating func step(_ octet: UInt8, _ output: inout [UInt8]) {
    switch (state, octet) {
    case (.text, 0x0A), (.textReturn, 0x0A), (.lineStart, 0x0A):
      if state != .textReturn { bareLineFeeds += 1 }
      output.append(0x0A)
      isAfterCRLF = state == .textReturn
      state = .lineStart
    case (.dot, 0x0A), (.dotReturn, 0x0A):
      if state == .dot { bareLineFeeds += 1 }
      isFinished = !requiresCRLF || (isAfterCRLF && state == .dotReturn)
      isAfterCRLF = state == .dotReturn
      state = .lineStart
    case (.lineStart, UInt8(ascii: ".")):
      state = .dot
    case (.dot, 0x0D):
      state = .dotReturn
    case (.dotReturn, _):
      // The lone dot was stuffing before a carriage return that ends nothing.
      output.append(0x0D)
      text(octet, &output)
    case (.textReturn, _):
      output.append(0x0D)
      text(octet, &output)
    default:
      text(octet, &output)
    }
  }

  private mutating func text(_ octet: UInt8, _ output: inout [UInt8]) {
    if octet == 0x0D {
      state = .textReturn
    } else {
      output.append(octet)
      state = .text
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Appends what stands before the next CR or LF, and gives the index where it ends.
  fileprivate func copyText(from start: Int, to output: inout [UInt8]) -> Int {
    var end = start
    while end < count, self[end] != 0x0A, self[end] != 0x0D { end += 1 }
    output.append(contentsOf: self[start..<end])
    return end
  }
}
