import Failures

extension FailureTable {
  /// What the peer said and nobody can understand.
  static let protocolFailures: [FailureMeaning] = [
    FailureMeaning(
      .protoNotSMTP, "no SMTP here", "What answers at this port speaks another protocol.",
      next: ["is it the right port? 25 between servers, 587 and 465 for submission"], "RFC 5321 §3.1"),
    FailureMeaning(
      .protoBadCode, "no reply code",
      "A line that should begin with three digits and a blank or hyphen does not, so it is no reply.",
      next: ["look at the recording: the line may belong to another program, or to a damaged reply before it"],
      "RFC 5321 §4.2"),
    FailureMeaning(
      .protoMixedCodes, "two codes in one reply",
      "The lines of one reply bear different codes, so it is not known whether the server said yes or no.",
      next: ["tell the server's administrator; a filter that adds lines to replies does this"], "RFC 5321 §4.2.1"),
    FailureMeaning(
      .protoUnexpectedCode, "a code that does not fit",
      "The code is none that this command can have, so going on would be a guess.",
      next: ["look at the reply: is it the answer to an earlier command?"], "RFC 5321 §4.3.2"),
    FailureMeaning(
      .protoUnsolicited, "a reply to nothing",
      "Octets came before the command that they could answer, so no later reply can be trusted.",
      next: [
        "look at the recording: a server or filter answered twice, or something speaks in between",
        "a server that closes because of a timeout or shutdown says 421 first; that would be named as such",
      ], "RFC 5321 §4.3.1"),
    FailureMeaning(
      .protoDesync, "replies and commands out of step",
      "There are more replies than commands, so none can be matched to its command.",
      next: ["send the commands one at a time, without pipelining, and compare"], "RFC 2920 §3.1"),
    FailureMeaning(
      .protoLineTooLong, "a line without end",
      "A reply line was longer than anything that can be a reply (512 octets are allowed), so reading stopped.",
      next: ["is it the right port? A line like this mostly comes from a program that is no mail server"],
      "RFC 5321 §4.5.3.1.5"),
    FailureMeaning(
      .protoReplyTooLong, "a reply without end",
      "The server sent continuation lines without ever ending the reply, so reading stopped.",
      next: ["look at the recording; tell the server's administrator"], "RFC 5321 §4.5.3.1.5"),
    FailureMeaning(
      .protoBadEOL, "wrong line ends", "The server's lines do not end in CRLF.",
      next: ["tell the server's administrator; many clients will not understand it"], "RFC 5321 §2.3.8"),
    FailureMeaning(
      .protoNUL, "NUL octets", "The server's reply holds NUL octets.",
      next: ["look at the bytes in the recording; tell the server's administrator"], "RFC 5321 §4.5.2"),
  ]
}
