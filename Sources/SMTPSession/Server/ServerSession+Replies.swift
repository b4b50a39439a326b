package import SMTPWire

extension ServerSession {
  /// Ends a command with its reply: counts it, delays it where the client made many errors, and goes on.
  ///
  /// `isError` is for the rare command that is refused without counting as an error.
  mutating func finish(_ reply: Reply, then next: Continuation = .command, isError: Bool? = nil) {
    if errors >= configuration.softErrorLimit {
      actions.append(.delay(configuration.errorDelay))
      phase = .delaying(reply, next)
      pendingIsError = isError ?? reply.code.isFailure
    } else {
      pendingIsError = isError ?? reply.code.isFailure
      deliver(reply, then: next)
    }
  }

  /// Sends the reply and takes the step behind it.
  mutating func deliver(_ reply: Reply, then next: Continuation) {
    if case .handshake = next {
      _ = framer.takeOctets()
      count()
      phase = .handshake
      actions.append(.startTLS(reply: reply.wireOctets))
      return
    }
    send(reply)
    if reply.code == 421 || reply.code == 521 {
      count()
      return end()
    }
    switch next {
    case .command:
      count()
      phase = .command
      checkErrorLimit()
    case .hangUp:
      count()
      end()
    case .message:
      messageSize = 0
      phase = .message(DotStuffDecoder(requiresCRLF: requiresFinalCRLF))
    case .handshake: break
    case .response(let mechanism, let method):
      phase = .authenticating(mechanism, method: method)
    }
  }

  private var requiresFinalCRLF: Bool {
    switch configuration.bareLineFeed {
    case .accept: false
    case .normalize, .reject: true
    case .consistent: writesBareLineFeeds == false
    }
  }

  /// Counts the command that has just been answered.
  private mutating func count() {
    if pendingIsError {
      errors += 1
    } else if let current {
      statistics.succeeded(current)
    }
    if let current, current.isJunk {
      if junk > configuration.junkCommandLimit { errors += 1 }
      junk += 1
    }
    pendingIsError = false
    current = nil
  }

  private mutating func checkErrorLimit() {
    guard errors >= configuration.hardErrorLimit else { return }
    log("too many errors after \(place) from \(client)")
    let reply = Reply(421, "4.7.0 \(configuration.hostname) Error: too many errors")
    if errors >= configuration.softErrorLimit {
      actions.append(.delay(configuration.errorDelay))
      phase = .delaying(reply, .hangUp)
    } else {
      send(reply)
      end()
    }
  }

  /// Asks, and waits for the answer.
  mutating func ask(_ query: ServerQuery, _ question: Question) {
    phase = .asking(question)
    actions.append(.ask(query))
  }

  mutating func send(_ reply: Reply) {
    actions.append(.send(reply.wireOctets))
  }

  mutating func log(_ text: String) {
    actions.append(.log(text))
  }

  mutating func flush() -> [ServerAction] {
    defer { actions.removeAll(keepingCapacity: true) }
    return actions
  }

  /// The session is over.
  mutating func end() {
    log("disconnect from \(client) \(statistics.text)")
    phase = .ended
    _ = framer.takeOctets()
    actions.append(.close)
  }

  /// A line for the log about a refusal, with what is known of the envelope.
  ///
  /// - Parameter recipient: The recipient that the refusal is about; nil when it is about none.
  package func rejection(
    of command: String, _ reply: Reply, recipient: ServerAddress? = nil, queueID: String? = nil
  ) -> String {
    let text = ServerReplies.printable(reply.lines.last?.octets ?? [])
    return
      "\(queueID ?? "NOQUEUE"): reject: \(command) from \(client): \(text); \(envelopeForLog(recipient: recipient))"
  }

  /// `from=<…> to=<…> proto=ESMTP helo=<…>`, without what is not known.
  func envelopeForLog(recipient: ServerAddress?, sender: ServerAddress? = nil) -> String {
    var parts: [String] = []
    if let sender = sender ?? transaction?.sender.address {
      parts.append("from=<\(ServerReplies.printable(sender.quoted))>")
    }
    if let recipient { parts.append("to=<\(ServerReplies.printable(recipient.quoted))>") }
    parts.append("proto=\(protocolName)")
    if let helloName { parts.append("helo=<\(helloName)>") }
    return parts.joined(separator: " ")
  }
}
