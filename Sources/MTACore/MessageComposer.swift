import SMTPSession
package import SMTPWire

/// Why a message is refused after its end, with Postfix's words.
package struct MessageRefusal: Error, Hashable, Sendable {
  /// What the client is told.
  package let reply: Reply
  /// What cleanup logs.
  package let log: String
}

/// A message as it is stored.
package struct ComposedMessage: Hashable, Sendable {
  /// Its octets, lines ended by LF.
  package let octets: [UInt8]
  /// The value of Message-Id; empty when there is none.
  package let messageID: String
}

/// Makes what was received into what is stored, as Postfix's cleanup does: the Received field in front, stray fields
/// out, what does not look like a header below an empty line, missing fields added for clients of our own.
package struct MessageComposer: Sendable {
  private let origin: MessageOrigin
  private let completesHeader: Bool
  private let hopLimit: Int

  /// Makes a composer for one message.
  ///
  /// - Parameters:
  ///   - completesHeader: Whether Message-Id, Date and From are added where they are missing.
  ///   - hopLimit: The greatest number of Received fields.
  package init(_ origin: MessageOrigin, completesHeader: Bool, hopLimit: Int = 50) {
    self.origin = origin
    self.completesHeader = completesHeader
    self.hopLimit = hopLimit
  }

  /// The stored form of a text whose lines end in LF.
  package func compose(_ text: [UInt8]) throws(MessageRefusal) -> ComposedMessage {
    var header = HeaderCollector()
    let bodyStart = header.collect(text)
    guard header.hops <= hopLimit else {
      throw MessageRefusal(
        reply: Reply(554, "5.4.0 Error: too many hops"),
        log: "warning: \(origin.queueID): message rejected: hopcount exceeded")
    }
    var octets = Array(origin.receivedField.utf8)
    octets.reserveCapacity(octets.count + text.count + 256)
    octets += header.octets
    let messageID = complete(header, &octets)
    let body = text[bodyStart...]
    if let first = body.first {
      if first != 0x0A { octets.append(0x0A) }
      octets += body
    }
    for index in octets.indices where octets[index] == 0x0D { octets[index] = 0x20 }
    return ComposedMessage(octets: octets, messageID: messageID)
  }

  private func complete(_ header: HeaderCollector, _ octets: inout [UInt8]) -> String {
    let stored = header.messageID ?? ""
    guard completesHeader else { return stored }
    let prefix = header.isResent ? "Resent-" : ""
    var messageID = stored
    if !header.has(prefix + "Message-Id") {
      let fresh = "<\(origin.arrival.idStamp).\(origin.queueID)@\(origin.hostname)>"
      octets += "\(prefix)Message-Id: \(fresh)\n".utf8
      if !header.isResent { messageID = fresh }
    }
    if !header.has(prefix + "Date") { octets += "\(prefix)Date: \(origin.arrival.messageDate)\n".utf8 }
    if !header.has(prefix + "From") {
      let sender = origin.sender.isEmpty ? "MAILER-DAEMON" : ServerReplies.printable(origin.sender)
      octets += "\(prefix)From: \(sender)\n".utf8
    }
    return messageID
  }
}
