/// The reply codes that SMTP and its extensions define.
enum ReplyCodeTable {
  static let entries: [ReplyCodeMeaning] = done + refusedForNow + refusedSyntax + refusedLogin + refused

  private typealias Row = ReplyCodeMeaning

  private static let done: [ReplyCodeMeaning] = [
    Row(211, "system status", "a report about the system"),
    Row(214, "help", "the server's help for people"),
    Row(220, "ready", "the service is ready"),
    Row(221, "closing", "the server closes the connection as agreed"),
    Row(235, "logged in", "the credentials were accepted", "RFC 4954 §6"),
    Row(250, "done", "the command was carried out"),
    Row(251, "forwarded", "the user is elsewhere; the server passes the message on"),
    Row(252, "not verified", "the server does not say whether the user exists, but will take a message for him"),
    Row(253, "messages pending", "messages for the node wait to be sent", "RFC 1985 §5.3"),
    Row(334, "go on", "the server waits for the client's next answer of AUTH, in base64", "RFC 4954 §4"),
    Row(354, "send the message", "the server waits for the message and its final dot"),
  ]

  private static let refusedForNow: [ReplyCodeMeaning] = [
    Row(
      421, "closing the session", "the server ends the session: it shuts down, is overloaded, or waited too long",
      next: [
        "connect again later", "if it happens every time at the same place, look at the recording for what came before",
      ]),
    Row(
      432, "password transition needed", "the account has to log in once by PLAIN inside TLS",
      next: ["use STARTTLS and log in by PLAIN once: parley send --tls --auth PLAIN …"], "RFC 4954 §6"),
    Row(
      450, "mailbox unavailable for now",
      "the mailbox or the action is not available for now; servers also use it for policy such as greylisting",
      next: ["try the same again in some minutes"]),
    Row(
      451, "local error", "something went wrong on the server's side while it worked on the command",
      next: ["try again later; if it lasts, the server's administrator finds the reason in his log"]),
    Row(
      452, "storage or limit",
      "the server lacks storage for now, or a limit such as the number of recipients is reached",
      next: ["send to fewer recipients at once, or try again later"]),
    Row(
      454, "not available for now", "the server cannot do TLS or the login for now",
      next: ["try again later; the reason is on the server's side"], "RFC 3207 §4, RFC 4954 §6"),
    Row(
      455, "parameters refused for now", "the server cannot honour the parameters for now",
      next: ["leave the parameter out, or try again later"]),
    Row(458, "unable to queue", "messages for the node cannot be queued", "RFC 1985 §5.3"),
    Row(459, "node not allowed", "the node may not ask for its messages", "RFC 1985 §5.3"),
  ]

  private static let refusedSyntax: [ReplyCodeMeaning] = [
    Row(
      500, "command not understood", "the server does not know the command, or the line is too long",
      next: ["check the verb for a typing error", "see what the reply to EHLO offers"]),
    Row(
      501, "wrong arguments", "the command is known and its argument is wrong",
      next: ["check the argument; for an address: parley check ADDRESS"]),
    Row(
      502, "command not implemented", "the server knows the command and does not do it",
      next: ["do without the command; the reply to EHLO says what the server offers"]),
    Row(
      503, "wrong order", "the command is not allowed at this point of the session",
      next: ["the order is EHLO, STARTTLS, EHLO, AUTH, MAIL, RCPT, DATA; RSET goes back to before MAIL"]),
    Row(
      504, "argument not implemented", "the command is known and cannot be done with this argument",
      next: ["use another value: a full host name in EHLO, an offered mechanism in AUTH"]),
    Row(
      521, "no mail here", "the host takes no mail at all",
      next: ["ask the DNS for the domain's mail servers: this host is none"], "RFC 7504 §3"),
  ]

  private static let refusedLogin: [ReplyCodeMeaning] = [
    Row(
      523, "encryption needed", "the server wants TLS for this", next: ["use STARTTLS first: parley send --tls …"],
      "RFC 5248"),
    Row(
      530, "login or TLS needed", "the server wants a login, or TLS, before this command",
      next: ["use STARTTLS (parley send --tls …), then log in (--auth)"], "RFC 4954 §6, RFC 3207 §4"),
    Row(
      534, "mechanism too weak", "the mechanism is too weak for this account, or wants another kind of password",
      next: ["use another mechanism: parley send --auth MECHANISM …"], "RFC 4954 §6"),
    Row(
      535, "login refused", "the user name, the password or the mechanism was not accepted",
      next: ["check user name and password; parley auth plain shows what AUTH PLAIN sends"], "RFC 4954 §6"),
    Row(
      538, "encryption needed for this mechanism", "this mechanism is allowed only inside TLS",
      next: ["use STARTTLS before AUTH: parley send --tls --auth …"], "RFC 4954 §6"),
  ]

  private static let refused: [ReplyCodeMeaning] = [
    Row(
      550, "mailbox unavailable",
      "the mailbox does not exist or cannot be reached, or the server's policy refuses the action",
      next: [
        "check the address: parley check ADDRESS", "read the server's text: many servers give 550 for a policy, too",
      ]),
    Row(
      551, "user is elsewhere", "the user is not local; the text should name the address to use",
      next: ["send to the address that the text names"]),
    Row(
      552, "too large", "the message or the mailbox's contents exceed the storage allowed",
      next: ["compare the message's size with SIZE in the reply to EHLO"]),
    Row(
      553, "address not allowed", "the mailbox name is not allowed or not well-formed",
      next: ["check the address: parley check ADDRESS"]),
    Row(
      554, "refused", "the transaction failed, or no SMTP service is given to this client",
      next: ["read the server's text: 554 is what policies mostly use"]),
    Row(
      555, "parameters refused", "a parameter of MAIL or RCPT is not known or not honoured",
      next: ["leave the parameter out: the reply to EHLO lists what may be used"]),
    Row(
      556, "domain takes no mail", "the recipient's domain takes no mail",
      next: ["check the domain: its MX record declares that there is no mail"], "RFC 7504 §4"),
  ]
}
