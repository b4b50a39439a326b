import SMTPWire

extension ServerSession {
  /// Forgets the transaction, and what has come of a message.
  mutating func endTransaction() {
    dropMessage()
    transaction = nil
    declaredSize = 0
    overshoot = 0
    chunks = .none
    messageSize = 0
    isOversize = false
    endsWithinLine = false
    endsWithReturn = false
  }

  mutating func mail(_ words: [ServerWord]) {
    if configuration.heloRequired, helloName == nil { return finish(ServerReplies.needsHello) }
    if transaction != nil { return finish(ServerReplies.nestedMail) }
    if chunks != .none { return finish(ServerReplies.afterChunk("MAIL")) }
    guard words.count > 1, words[0].octets.equalsIgnoringCase("FROM:") else {
      return finish(ServerReplies.syntax("MAIL FROM:<address>"))
    }
    guard let address = address(words[1], "MAIL") else { return finish(ServerReplies.badSender) }
    let smtputf8 = configuration.smtputf8 && words.contains { $0.octets.equalsIgnoringCase("SMTPUTF8") }
    ask(.address(address, .mail, smtputf8: smtputf8), .senderSyntax(address, Array(words.dropFirst(2))))
  }

  mutating func recipient(_ words: [ServerWord]) {
    guard transaction != nil else { return finish(ServerReplies.needsMail) }
    if chunks != .none { return finish(ServerReplies.afterChunk("RCPT")) }
    guard words.count > 1, words[0].octets.equalsIgnoringCase("TO:") else {
      return finish(ServerReplies.syntax("RCPT TO:<address>"))
    }
    guard let address = address(words[1], "RCPT") else { return finish(ServerReplies.badRecipient) }
    let smtputf8 = transaction?.sender.parameters.smtputf8 == true
    ask(.address(address, .rcpt, smtputf8: smtputf8), .recipientSyntax(address, Array(words.dropFirst(2))))
  }

  /// The address in a word; nil, and a line in the log, when it is none.
  private mutating func address(_ word: ServerWord, _ verb: String) -> ServerAddress? {
    guard !word.isUnclosed else { return nil }
    let address = ServerAddressParser.parse(word.octets, strict: configuration.strictEnvelopes)
    if let address, !address.isNull || verb == "MAIL" { return address }
    logIllegal(word.octets, verb)
    return nil
  }

  /// Goes on with MAIL when its address is valid: reads the parameters, then asks for the decision.
  mutating func take(sender address: ServerAddress, _ words: [ServerWord]) {
    var parameters = MailParameters()
    parameters.size = declaredSize
    for word in words {
      let objection = parameters.take(word.octets, configuration)
      declaredSize = parameters.size
      if let objection { return finish(objection) }
    }
    if configuration.sizeLimit > 0, parameters.size > configuration.sizeLimit {
      let reply = ServerReplies.sizeBeyondLimit
      let envelope = envelopeForLog(recipient: nil, sender: address)
      log("NOQUEUE: reject: MAIL from \(client): \(ServerReplies.printable(reply.lines[0].octets)); \(envelope)")
      return finish(reply)
    }
    let sender = ServerSender(address, parameters)
    ask(.sender(sender), .sender(sender))
  }

  /// RCPT, its address being one.
  mutating func take(recipient address: ServerAddress, _ words: [ServerWord]) {
    var parameters = RcptParameters()
    for word in words {
      if let objection = parameters.take(word.octets, configuration) { return finish(objection) }
    }
    if (transaction?.recipients.count ?? 0) >= configuration.recipientLimit {
      overshoot += 1
      return finish(
        ServerReplies.tooManyRecipients, isError: overshoot > configuration.recipientOvershootLimit)
    }
    let recipient = ServerRecipient(address, parameters)
    ask(.recipient(recipient), .recipient(recipient))
  }

  mutating func data(_ words: [ServerWord]) {
    if chunks != .none { return finish(ServerReplies.afterChunk("DATA")) }
    guard let transaction else { return finish(ServerReplies.needsRecipient) }
    guard !transaction.recipients.isEmpty else { return finish(ServerReplies.noRecipients) }
    guard words.isEmpty else { return finish(ServerReplies.syntax("DATA")) }
    ask(.data, .data)
  }

  /// Takes what there is of a message sent with DATA.
  mutating func takeMessage() -> Bool {
    guard case .message(var decoder) = phase, framer.bufferedCount > 0 else { return false }
    let octets = framer.takeOctets()
    var text: [UInt8] = []
    let eaten = decoder.decode(octets, into: &text)
    if eaten < octets.count { framer.append(octets[eaten...]) }
    store(text)
    phase = .message(decoder)
    guard decoder.isFinished else { return false }
    endOfMessage(bareLineFeeds: decoder.bareLineFeeds)
    return true
  }

  /// Hands text on, as long as the message is not too great.
  mutating func store(_ text: [UInt8]) {
    guard let last = text.last else { return }
    endsWithinLine = last != 0x0A
    messageSize += text.count + text.count { $0 == 0x0A }
    guard !isOversize else { return }
    if configuration.sizeLimit > 0, messageSize > configuration.sizeLimit {
      isOversize = true
      return dropMessage()
    }
    holdsMessage = true
    actions.append(.messageData(text))
  }

  /// Takes back what has been handed on.
  mutating func dropMessage() {
    guard holdsMessage else { return }
    holdsMessage = false
    actions.append(.messageDropped)
  }

  private mutating func endOfMessage(bareLineFeeds: Int) {
    place = "END-OF-MESSAGE"
    phase = .command
    if configuration.bareLineFeed == .reject, bareLineFeeds > 0 {
      let envelope = envelopeForLog(recipient: soleRecipient)
      log("NOQUEUE: reject: END-OF-MESSAGE from \(client): bare <LF> received; \(envelope)")
      endTransaction()
      return finish(Reply(550, "5.5.2 \(configuration.hostname) Error: bare <LF> received"))
    }
    if isOversize {
      endTransaction()
      return finish(ServerReplies.messageTooBig)
    }
    ask(.endOfMessage, .endOfMessage(byChunk: false))
  }

  /// The recipient, where there is only one: a refusal of the message names it.
  private var soleRecipient: ServerAddress? {
    guard let recipients = transaction?.recipients, recipients.count == 1 else { return nil }
    return recipients[0].address
  }
}
