import SMTPWire

/// BDAT (RFC 3030): messages in chunks that are counted, not scanned for an end.
extension ServerSession {
  mutating func chunk(_ words: [ServerWord], _ line: [UInt8]) {
    guard let (count, isLast) = Self.size(words) else {
      log(
        "warning: NOQUEUE: malformed BDAT command syntax from \(client): "
          + ServerReplies.printable(line.prefix(100)))
      return finish(ServerReplies.chunkSyntax)
    }
    if let refusal = refusal(of: count, isLast: isLast) {
      return receive(count, isLast: isLast, refusal: refusal)
    }
    guard chunks == .none else { return receive(count, isLast: isLast, refusal: nil) }
    ask(.data, .chunk(count: count, isLast: isLast))
  }

  /// A chunk is read whatever becomes of it, else its octets would be taken for commands.
  mutating func receive(_ count: Int, isLast: Bool, refusal: Reply?) {
    phase = .chunk(remaining: count, isLast: isLast, count: count, refusal: refusal)
  }

  /// Takes what there is of a chunk.
  mutating func takeChunk() -> Bool {
    guard case .chunk(let remaining, let isLast, let count, let refusal) = phase else { return false }
    let octets = framer.takeOctets(upTo: remaining)
    if refusal == nil { store(unfold(octets)) }
    guard octets.count == remaining else {
      phase = .chunk(remaining: remaining - octets.count, isLast: isLast, count: count, refusal: refusal)
      return false
    }
    phase = .command
    requests += 1
    if let refusal {
      refused(refusal, isLast: isLast)
    } else if isLast {
      finishText()
      place = "END-OF-MESSAGE"
      ask(.endOfMessage, .endOfMessage(byChunk: true))
    } else {
      chunks = .receiving
      finish(Reply(250, "2.0.0 Ok: \(count) bytes"))
    }
    return true
  }

  private mutating func refused(_ reply: Reply, isLast: Bool) {
    if isLast {
      endTransaction()
    } else {
      dropMessage()
      chunks = .failed
    }
    finish(reply)
  }

  private static func size(_ words: [ServerWord]) -> (count: Int, isLast: Bool)? {
    guard (1...2).contains(words.count) else { return nil }
    let digits = words[0].octets
    guard digits.count <= 18, !digits.isEmpty, digits.allSatisfy(\.isASCIIDigit) else { return nil }
    let isLast = words.count == 2
    guard !isLast || words[1].octets.equalsIgnoringCase("LAST") else { return nil }
    return (digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }, isLast)
  }

  private mutating func refusal(of count: Int, isLast: Bool) -> Reply? {
    if chunks == .failed { return ServerReplies.discardedChunk(count) }
    guard let transaction else { return ServerReplies.needsRecipient }
    if transaction.recipients.isEmpty { return ServerReplies.noRecipients }
    if count == 0, !isLast {
      log("warning: NOQUEUE: null BDAT request from \(client)")
      return ServerReplies.nullChunk
    }
    if configuration.sizeLimit > 0, configuration.sizeLimit - messageSize < count {
      log("warning: NOQUEUE: BDAT request from \(client) exceeds message size limit")
      return ServerReplies.chunkTooBig
    }
    return nil
  }

  /// Makes CRLF a mere LF, also where a chunk ends between the two.
  private mutating func unfold(_ octets: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(octets.count + 1)
    for octet in octets {
      if endsWithReturn, octet != 0x0A { text.append(0x0D) }
      endsWithReturn = octet == 0x0D
      if !endsWithReturn { text.append(octet) }
    }
    return text
  }

  /// Ends the last line, if the client did not.
  private mutating func finishText() {
    if endsWithReturn { store([0x0D]) }
    endsWithReturn = false
    if endsWithinLine { store([0x0A]) }
  }
}
