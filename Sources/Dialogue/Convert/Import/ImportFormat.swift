/// What other programs write of a session, and Parley can read.
package enum ImportFormat: String, CaseIterable, Hashable, Sendable {
  case swaks
  /// What `openssl s_client` left in a terminal or a pipe.
  case openssl
  /// What telnet left in a terminal or a pipe.
  case telnet
  /// `curl -v`, `--trace` and `--trace-ascii`.
  case curl
  /// Postfix's log with `smtpd -v` (or `smtp -v`).
  case postfixLog = "postfix-log"
  /// The mail in which Postfix tells its postmaster of errors.
  case postfixTranscript = "postfix-transcript"
  /// Text with marks such as `C:` and `S:`, as RFCs have it.
  case rfc
  /// `msmtp --debug`.
  case msmtp
  /// A file of packets, pcap or pcapng.
  case pcap

  /// The format's name in a sentence.
  package var title: String {
    switch self {
    case .swaks: "output of swaks"
    case .openssl: "a log of openssl s_client"
    case .telnet: "a log of telnet"
    case .curl: "output of curl"
    case .postfixLog: "a log of Postfix"
    case .postfixTranscript: "a transcript that Postfix mailed"
    case .rfc: "an example with C: and S:"
    case .msmtp: "output of msmtp"
    case .pcap: "a file of packets"
    }
  }
}
