import Failures

/// Every name of a failure but `smtp.CODE`, of which there is one a reply code.
enum FailureTable {
  static let entries: [FailureMeaning] =
    timeouts + connections + protocolFailures + handshakes + certificates + settings + logins + outcomes + ownSide

  private typealias Row = FailureMeaning

  private static let timeouts: [FailureMeaning] = [
    Row(
      .timeoutConnect, "no answer to the connection",
      "No host at the address answered: a firewall drops the packets, or the host is down.",
      next: [
        "many networks close port 25 to the outside: try the submission ports, smtp://HOST:587 or smtps://HOST:465",
        "from another network the same may work",
      ], "RFC 5321 §4.5.4.1"),
    Row(
      .timeoutBanner, "no greeting",
      "The connection was made and the server said nothing: it is overloaded, looks the client up in the DNS or in block lists, or waits for something else than SMTP.",
      next: [
        "this port may expect TLS from the first byte: try smtps://HOST:465",
        "wait longer: parley send --timeout 300 …; servers may take five minutes",
        "on the server (Postfix): the log; postscreen_greet_wait, a slow DNS, or smtpd that dies at its start",
      ], "RFC 5321 §4.5.3.2.1"),
    Row(
      .timeoutReply, "no reply",
      "The server took the command and did not answer in time.",
      next: [
        "wait longer: parley send --timeout 300 …; block lists, greylisting and content filters take time",
        "on the server (Postfix): the log; the policy servers, milters and tables that the command consults",
      ], "RFC 5321 §4.5.3.2"),
    Row(
      .timeoutData, "the message does not get through", "The server stopped taking the message in time.",
      next: [
        "large packets may be lost on the way: try a small message; a smaller MTU of the interface shows whether that is it"
      ], "RFC 5321 §4.5.3.2.5"),
    Row(
      .timeoutWrite, "the server stopped reading",
      "The server takes no more octets, so nothing more could be sent.",
      next: [
        "large packets may be lost on the way: try a small message; a smaller MTU of the interface shows whether that is it",
        "on the server (Postfix): a content filter or milter that hangs; see the log",
      ], "RFC 5321 §4.5.3.2.5"),
    Row(
      .timeoutTLS, "the TLS handshake did not end",
      "The server began with TLS and did not answer in the middle of it: a firewall that inspects TLS, or a server that hangs.",
      next: [
        "try again; then another port: smtps://HOST:465 or smtp://HOST:587", "from another network the same may work",
      ], "RFC 3207 §4"),
    Row(
      .timeoutTotal, "the session took too long", "The session as a whole took longer than it may.",
      next: ["the times in the recording show which step was slow", "allow more: parley send --timeout SECONDS …"],
      "RFC 5321 §4.5.3.2"),
  ]

  private static let connections: [FailureMeaning] = [
    Row(
      .connRefused, "connection refused", "The host answers, and nothing listens on this port.",
      next: [
        "is it the right port? 25 between servers, 587 and 465 for submission",
        "on the server (Postfix): master.cf lists the ports, inet_interfaces the addresses; ss -ltn shows who listens",
      ], "RFC 5321 §3.1"),
    Row(
      .connUnreachable, "host unreachable", "There is no way to the host from here.",
      next: [
        "with several addresses: is IPv6 set up here? Try the IPv4 address itself", "check the route and the firewall",
      ], "RFC 5321 §5.1"),
    Row(
      .connUnknownHost, "unknown host", "The name has no address in the DNS.",
      next: [
        "check the name for a typing error", "for a mail domain ask for its mail servers first: parley --mx DOMAIN",
      ], "RFC 5321 §5.1"),
    Row(
      .connLookupFailed, "the name could not be looked up",
      "The DNS gave no answer, so nobody knows whether the name exists.",
      next: ["try again in a minute", "check the resolver: /etc/resolv.conf", "use the address instead of the name"],
      "RFC 5321 §5.1"),
    Row(
      .connFailed, "no connection", "The operating system could not make the connection.",
      next: ["the words above are the system's own; check addresses, firewall and permissions here"], "RFC 5321 §3.1"),
    Row(
      .connEOF, "the server closed the connection",
      "The server closed the connection in the middle of the session without saying why.",
      next: [
        "try again; if it ends at the same place, that command is what the server or something before it dislikes",
        "on the server (Postfix): the log at this minute; warnings and fatal lines of smtpd",
      ],
      "RFC 5321 §3.8"),
    Row(
      .connReset, "the connection was reset",
      "The server, or a firewall between, threw the connection away without saying why.",
      next: [
        "try again; then from another network", "on the server: does a process crash? See the log at this minute",
      ], "RFC 5321 §3.8"),
  ]

  private static let logins: [FailureMeaning] = [
    Row(
      .authFailed, "the login failed", "The server did not accept the credentials.",
      next: ["check user and password; parley auth plain shows what AUTH PLAIN sends"], "RFC 4954 §6"),
    Row(
      .authNotOffered, "no login offered",
      "The server's reply to EHLO lists no AUTH, so nothing was sent that could have been a login.",
      next: [
        "many servers offer AUTH only inside TLS (parley send --tls …), or only on the submission ports 587 and 465",
        "on the server (Postfix): smtpd_sasl_auth_enable = yes; with smtpd_tls_auth_only = yes only inside TLS",
      ], "RFC 4954 §3"),
    Row(
      .authNoMechanism, "no mechanism in common",
      "The server offers none of the mechanisms that could be used here.",
      next: [
        "name another one: parley send --auth MECHANISM …",
        "on the server (Postfix): smtpd_sasl_security_options, and the mechanisms of Dovecot or Cyrus",
      ],
      "RFC 4954 §4"),
    Row(
      .authNoCredentials, "no user name or password", "A login was asked for and no credentials are known.",
      next: ["give --auth-user, and the password at the prompt or in ~/.netrc"], "RFC 4954 §4"),
    Row(
      .authUnusableCredentials, "a name or password that cannot be sent",
      "The user name or the password holds a character that this mechanism cannot carry (SASLprep).",
      next: ["look for control characters and NUL: parley auth plain USER --fields"], "RFC 4013 §2.3"),
    Row(
      .authPlaintextRefused, "no password without TLS",
      "Without TLS anybody on the way could read the password, so it was not sent.",
      next: [
        "use TLS: parley send --tls …, or smtps://HOST:465",
        "where the way is safe: --allow-plaintext-auth, for parley send, run and replay",
      ], "RFC 4954 §9"),
    Row(
      .authBadChallenge, "a challenge that is no base64",
      "The server's 334 bears something that is no base64, so the mechanism cannot go on.",
      next: [
        "name another mechanism: parley send --auth MECHANISM …", "parley auth decode STRING takes a challenge apart",
      ], "RFC 4954 §4"),
    Row(
      .authTooManyIterations, "a login that would take too long to compute",
      "The server demands more rounds of SCRAM's password hash than any server has a reason to.",
      next: [
        "name another mechanism: parley send --auth MECHANISM …",
        "on the server: make the account's SCRAM verifier again with fewer iterations",
      ], "RFC 7677 §4"),
    Row(
      .authLoop, "the login goes round", "The server asks again though the mechanism has said all it has to say.",
      next: [
        "name another mechanism: parley send --auth MECHANISM …",
        "tell the server's administrator: its SASL library and the server disagree",
      ], "RFC 4954 §4"),
    Row(
      .authUnexpectedSuccess, "a login accepted too early",
      "The server accepted the login before it had the credentials, so it cannot have checked them.",
      next: ["do not trust this login; look at the recording: something may stand between you and the server"],
      "RFC 4954 §4"),
  ]

  private static let outcomes: [FailureMeaning] = [
    Row(
      .smtpPartial, "some recipients refused", "The server took the message for some recipients and refused others.",
      next: [
        "send it again to the refused ones only, after the reason in their replies is gone",
        "parley send --json shows the reply for each recipient",
      ], "RFC 5321 §3.3"),
    Row(
      .clientSizeExceeded, "the message is too large",
      "The server announces the greatest size it takes, and the message is larger, so it was not sent.",
      next: [
        "make the message smaller; base64 makes attachments a third larger",
        "on the server (Postfix): message_size_limit (10240000)",
      ], "RFC 1870 §6.1"),
    Row(
      .clientLineTooLong, "a line of the message is too long",
      "The message has a line of more than 998 octets, which a server need not take and may cut, so it was not sent.",
      next: [
        "encode the message in base64 or quoted-printable: parley send --body does it",
        "parley send --ignore-offer sends it all the same",
      ], "RFC 5321 §4.5.3.1.6"),
    Row(
      .clientSmtputf8NotOffered, "SMTPUTF8 is needed and not offered",
      "An address or a header field holds letters beyond ASCII, and the server does not take such mail, so it was not sent.",
      next: [
        "give the recipient's address in ASCII, if there is one", "parley send --ignore-offer sends it all the same",
        "on the server (Postfix): smtputf8_enable = yes",
      ], "RFC 6531 §3.4"),
    Row(
      .client8bitmimeNotOffered, "8BITMIME is needed and not offered",
      "The message holds octets beyond ASCII, and the server does not take them, so it was not sent.",
      next: [
        "encode the message in base64 or quoted-printable: parley send --body does it",
        "parley send --ignore-offer sends it all the same",
      ], "RFC 6152 §3"),
    Row(
      .clientExtensionNotOffered, "a parameter that is not offered",
      "A parameter belongs to an extension that the server does not offer, so nothing was sent.",
      next: [
        "leave the parameter out, or see whether it is offered after STARTTLS: parley send --tls …",
        "parley send --ignore-offer sends it all the same",
      ], "RFC 5321 §2.2.1"),
    Row(
      .deliveryUncertain, "delivery uncertain",
      "The whole message was sent and its reply never came: the server may have taken it, or not.",
      next: [
        "look for the message on the server before sending it again, or it may arrive twice",
        "on the server (Postfix): grep the log for the client's address at this minute; status=sent or a queue id say that it was taken",
      ], "RFC 5321 §4.5.3.2.6, RFC 1047"),
    Row(
      .cancelled, "stopped", "The session was stopped from this side.",
      next: ["begin again when you like; the recording holds what was said until then"], "RFC 5321 §3.8"),
    Row(
      .internalFault, "a fault of this program", "Something went wrong in this program, not at the server.",
      next: ["keep the recording and report it with the words above"], "RFC 5321 §7.7"),
  ]
}
