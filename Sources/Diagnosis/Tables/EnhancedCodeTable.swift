/// All enhanced status codes that are registered, in the registry's order (RFC 5248 §2).
enum EnhancedCodeTable {
  static let entries: [EnhancedCodeMeaning] =
    other + addressing + mailbox + system + network + protocolStatus + content + security

  private typealias Row = EnhancedCodeMeaning

  private static let other: [EnhancedCodeMeaning] = [
    Row(0, 0, "no details", "the server gives no detail; its text is all there is", "RFC 3463 §3.1")
  ]

  private static let addressing: [EnhancedCodeMeaning] = [
    Row(1, 0, "something about the address", "something about the address, without detail", "RFC 3463 §3.2"),
    Row(1, 1, "no such mailbox", "the mailbox in the address does not exist", "RFC 3463 §3.2"),
    Row(1, 2, "no such domain", "the domain in the address does not exist or takes no mail", "RFC 3463 §3.2"),
    Row(1, 3, "bad recipient syntax", "the recipient's address is not well-formed", "RFC 3463 §3.2"),
    Row(1, 4, "ambiguous recipient", "the address matches more than one recipient", "RFC 3463 §3.2"),
    Row(1, 5, "recipient valid", "the recipient's address is valid", "RFC 3463 §3.2"),
    Row(1, 6, "mailbox moved", "the mailbox has moved and its mail is not forwarded", "RFC 3463 §3.2"),
    Row(1, 7, "bad sender syntax", "the sender's address is not well-formed", "RFC 3463 §3.2"),
    Row(
      1, 8, "bad sender domain", "the domain of the sender's address does not exist or takes no mail", "RFC 3463 §3.2"),
    Row(
      1, 9, "message relayed without DSN", "the message went on to a server that cannot report its delivery",
      "RFC 3886 §3.3.4"),
    Row(1, 10, "recipient has null MX", "the recipient's domain declares that it takes no mail", "RFC 7505"),
  ]

  private static let mailbox: [EnhancedCodeMeaning] = [
    Row(2, 0, "something about the mailbox", "something about the mailbox, without detail", "RFC 3463 §3.3"),
    Row(2, 1, "mailbox disabled", "the mailbox exists and takes no messages", "RFC 3463 §3.3"),
    Row(2, 2, "mailbox full", "the mailbox is full", "RFC 3463 §3.3"),
    Row(2, 3, "message too long for the mailbox", "the message is longer than this mailbox may take", "RFC 3463 §3.3"),
    Row(2, 4, "mailing list trouble", "the mailing list could not be expanded", "RFC 3463 §3.3"),
  ]

  private static let system: [EnhancedCodeMeaning] = [
    Row(3, 0, "something about the mail system", "the mail system has trouble, without detail", "RFC 3463 §3.4"),
    Row(3, 1, "mail system full", "the mail system's storage is full", "RFC 3463 §3.4"),
    Row(
      3, 2, "takes no messages now", "the host takes no messages for now: overload, shutdown or maintenance",
      "RFC 3463 §3.4"),
    Row(3, 3, "feature not supported", "the system cannot do what was asked for", "RFC 3463 §3.4"),
    Row(3, 4, "message too big", "the message is larger than the system's limit", "RFC 3463 §3.4"),
    Row(3, 5, "wrong configuration", "the system is not configured to take this message", "RFC 3463 §3.4"),
    Row(3, 6, "priority changed", "the message was taken with another priority than asked for", "RFC 6710"),
  ]

  private static let network: [EnhancedCodeMeaning] = [
    Row(4, 0, "something about the network", "the network or the routing has trouble, without detail", "RFC 3463 §3.5"),
    Row(4, 1, "no answer from the next host", "the next host does not answer the call", "RFC 3463 §3.5"),
    Row(4, 2, "bad connection", "the connection broke or timed out", "RFC 3463 §3.5"),
    Row(4, 3, "directory server failure", "a directory such as the DNS could not be asked", "RFC 3463 §3.5"),
    Row(4, 4, "no route", "the way to the next host could not be found", "RFC 3463 §3.5"),
    Row(4, 5, "congestion", "the mail system is congested", "RFC 3463 §3.5"),
    Row(4, 6, "routing loop", "the message goes round in a loop", "RFC 3463 §3.5"),
    Row(4, 7, "too old", "the message could not be delivered in the time it had", "RFC 3463 §3.5"),
  ]

  private static let protocolStatus: [EnhancedCodeMeaning] = [
    Row(5, 0, "something about the protocol", "the dialogue went wrong, without detail", "RFC 3463 §3.6"),
    Row(5, 1, "invalid command", "the command is unknown, or not allowed at this point", "RFC 3463 §3.6"),
    Row(5, 2, "syntax error", "the command could not be understood, or is too long", "RFC 3463 §3.6"),
    Row(5, 3, "too many recipients", "there are more recipients than one message may have", "RFC 3463 §3.6"),
    Row(5, 4, "invalid arguments", "the command's arguments are wrong or out of range", "RFC 3463 §3.6"),
    Row(5, 5, "wrong protocol version", "the protocol's version does not match", "RFC 3463 §3.6"),
    Row(5, 6, "AUTH line too long", "a line of the AUTH dialogue is too long", "RFC 4954 §6"),
  ]

  private static let content: [EnhancedCodeMeaning] = [
    Row(6, 0, "something about the content", "something about the message's content, without detail", "RFC 3463 §3.7"),
    Row(6, 1, "media not supported", "a media type in the message is not supported", "RFC 3463 §3.7"),
    Row(6, 2, "conversion forbidden", "the content would have to be converted, and that is forbidden", "RFC 3463 §3.7"),
    Row(
      6, 3, "conversion not supported", "the content would have to be converted, and that is not possible",
      "RFC 3463 §3.7"),
    Row(6, 4, "converted with loss", "the content was converted and something was lost", "RFC 3463 §3.7"),
    Row(6, 5, "conversion failed", "the content could not be converted", "RFC 3463 §3.7"),
    Row(6, 6, "content not available", "the message's content could not be fetched", "RFC 4468"),
    Row(6, 7, "addresses beyond ASCII", "addresses with characters beyond ASCII are not permitted here", "RFC 6531"),
    Row(6, 8, "UTF-8 reply needed", "the reply would need UTF-8, and the client did not permit it", "RFC 6531"),
    Row(
      6, 9, "UTF-8 header cannot be passed on", "a header in UTF-8 cannot be passed on to the recipients", "RFC 6531"),
    Row(6, 10, "UTF-8 reply needed", "the same as X.6.8; not to be used", "RFC 5248"),
  ]
}
