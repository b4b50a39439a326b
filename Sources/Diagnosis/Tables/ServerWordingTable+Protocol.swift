extension ServerWordingTable {
  /// Commands in the wrong order.
  static let order: [ServerWording] = [
    ServerWording(
      "nested-mail", "a message is open already",
      ["nested mail", "sender already specified", "sender already given", "sender already", "only one sender"],
      cause: "MAIL was sent while a message is open.",
      next: ["RSET, then MAIL again; or go on with RCPT"], clause: "RFC 5321 §4.1.4"),
    ServerWording(
      "rcpt-first", "RCPT comes first",
      [
        "need rcpt", "rcpt first", "rcpt command must precede", "recipients first", "need recipient", "rcpt to*first",
        "no recipients specified",
      ],
      cause: "DATA needs a recipient that was accepted before it.",
      next: ["send RCPT TO:<address> first, and look at its reply"], clause: "RFC 5321 §3.3"),
    ServerWording(
      "mail-first", "MAIL comes first",
      [
        "need mail", "mail first", "sender not yet given", "no sender", "sender first", "mail from*first",
        "must have sender",
      ],
      cause: "There is no open message: MAIL has not been sent, or was refused, or the message has ended.",
      next: ["send MAIL FROM:<address> first, and look at its reply"], clause: "RFC 5321 §3.3"),
    ServerWording(
      "wrong-order", "wrong order of commands",
      ["bad sequence", "out of sequence", "out of order", "wrong sequence", "sequence of commands"],
      cause: "The command is not allowed at this point of the session.",
      next: ["the order is EHLO, STARTTLS, EHLO, AUTH, MAIL, RCPT, DATA; RSET goes back to before MAIL"],
      clause: "RFC 5321 §4.1.4"),
  ]

  /// What the server could not read, or does not know.
  static let syntax: [ServerWording] = [
    ServerWording(
      "bare-lf", "a line ended in a bare LF",
      [
        "bare <lf>", "bare lf", "bare newline", "bare line feed", "bare linefeed", "barelinefeed", "smtplf",
        "stray newline", "bare cr",
      ],
      cause: "A line of the client ended in LF without CR; servers refuse that since it was used to smuggle messages.",
      next: [
        "send CRLF at the end of every line; parley send does so with any file",
        "on the server (Postfix): smtpd_forbid_bare_newline, smtpd_forbid_bare_newline_exclusions",
      ],
      clause: "RFC 5321 §2.3.8"),
    ServerWording(
      "forbidden-command", "taken for no mail client", ["i can break rules, too"],
      cause: "The line looked like HTTP or like a header field instead of a command, so Postfix says good-bye.",
      next: [
        "did a message go out as commands, without DATA and 354?", "on the server (Postfix): smtpd_forbidden_commands",
      ], clause: "RFC 5321 §4.1.1"),
    ServerWording(
      "smtputf8-needed", "SMTPUTF8 has to be declared",
      [
        "must declare smtputf8", "smtputf8 is required", "smtputf8 required", "requires smtputf8", "smtputf8 not",
        "non-ascii address", "non-ascii characters in",
      ],
      cause:
        "The address has characters beyond ASCII, which need the parameter SMTPUTF8 at MAIL, and a server that offers it.",
      next: [
        "MAIL FROM:<address> SMTPUTF8, where EHLO offers it",
        "on the server (Postfix): smtputf8_enable = yes, strict_smtputf8",
      ], clause: "RFC 6531 §3.4"),
    ServerWording(
      "bad-utf8", "no UTF-8", ["bad utf-8", "invalid utf-8", "malformed utf-8"],
      cause: "The command has octets that are no UTF-8.",
      next: ["look at the bytes of the line that was sent"], clause: "RFC 6531 §3.3"),
    ServerWording(
      "parameter-unknown", "a parameter is not known",
      [
        "unsupported option", "unsupported parameter", "parameters not recognized", "parameter not recognized",
        "unrecognized parameter", "option not supported", "unknown parameter", "unsupported esmtp",
        "dsn support is disabled",
      ],
      cause:
        "MAIL or RCPT bears a parameter that the server does not know, or that stands outside the angle brackets by mistake.",
      next: [
        "use only parameters of extensions that the reply to EHLO offers",
        "check the brackets: MAIL FROM:<user@domain.example> SIZE=1000",
      ], clause: "RFC 5321 §4.1.1.11"),
    ServerWording(
      "vrfy-disabled", "VRFY is switched off",
      [
        "vrfy command is disabled", "cannot vrfy", "vrfy disallowed", "vrfy not", "expn not",
        "administratively disabled",
      ],
      cause: "The server does not tell strangers which users exist.",
      next: [
        "RCPT tells as much: MAIL FROM:<>, RCPT TO:<address>, RSET", "on the server (Postfix): disable_vrfy_command",
      ], clause: "RFC 5321 §7.3"),
    ServerWording(
      "command-unknown", "the command is not known",
      [
        "command not recognized", "unrecognized command", "command unrecognized", "unrecognised", "unknown command",
        "command not implemented", "unimplemented", "not implemented", "invalid command", "command not understood",
        "bad command", "command unknown", "not recognized",
      ],
      codes: 500...504, cause: "The server does not know this command, or has it switched off.",
      next: [
        "check the verb for a typing error, and the reply to EHLO for what is offered",
        "if it was part of the message: the server never entered DATA, or a lone dot ended it too early",
      ],
      clause: "RFC 5321 §4.2.4"),
    ServerWording(
      "syntax", "a syntax error",
      [
        "syntax: ", "syntax error", "bad syntax", "invalid syntax", "malformed", "missing argument",
        "requires an argument", "invalid argument", "invalid parameter",
      ],
      codes: 500...555, cause: "The server cannot read the command's argument.",
      next: [
        "compare with MAIL FROM:<user@domain.example>, RCPT TO:<user@domain.example>: no blank after the colon, angle brackets around the address",
        "parley check ADDRESS looks at the address",
      ],
      clause: "RFC 5321 §4.1.2"),
  ]

  /// What is wrong with the message itself.
  static let content: [ServerWording] = [
    ServerWording(
      "size-exceeded", "the message is too large",
      [
        "message size exceeds", "message too large", "message too big", "message exceeds", "size limit",
        "maximum message size", "message is too large", "message is too big", "exceeds fixed limit", "exceeds maximum",
        "chunk exceeds", "content too large",
      ],
      cause: "The message is larger than the server takes.",
      next: [
        "the greatest size in octets stands after SIZE in the reply to EHLO; base64 makes attachments a third larger",
        "on the server (Postfix): message_size_limit (10240000)",
      ],
      clause: "RFC 1870 §6.1"),
    ServerWording(
      "line-too-long", "a line is too long",
      ["line too long", "line is too long", "line length", "lines longer", "too long line", "line limit"],
      cause:
        "A line of the message or a command is longer than the server takes: 998 octets in a message, 510 in a command.",
      next: ["encode the message's body: quoted-printable or base64"], clause: "RFC 5321 §4.5.3.1.6"),
    ServerWording(
      "virus", "taken for malware", ["virus", "malware", "infected", "trojan", "eicar"],
      cause: "A scanner of the server takes the message for malicious.",
      next: ["leave the attachment out, or send it in another way; the scanner's name for it stands in the text"],
      clause: "RFC 5321 §7.9"),
    ServerWording(
      "content-blocked", "the content is not allowed",
      [
        "content presents a potential", "security issue", "attachment", "file type", "content rejected",
        "message content", "header_checks", "body_checks", "blocked content", "prohibited content",
      ],
      cause: "A rule of the server refuses something in the message: an attachment, a header field or a phrase.",
      next: [
        "send a plain message to the same recipient to see whether it is the content",
        "on the server (Postfix): header_checks, mime_header_checks, body_checks, the milters and the content filter",
      ],
      clause: "RFC 3463 §3.7"),
    ServerWording(
      "spam", "taken for spam", ["spam", "unsolicited", "bulk mail", "junk mail"],
      cause: "A filter of the server takes the message, or what comes from this client, for spam.",
      next: [
        "send a plain message without links to see whether it is the content or the client",
        "check SPF, DKIM and reverse DNS of the sender",
      ],
      clause: "RFC 5321 §7.9"),
    ServerWording(
      "header-invalid", "a header field is wrong",
      [
        "rfc 5322", "rfc5322", "rfc 2822", "rfc2822", "missing header", "missing required header", "multiple from",
        "duplicate header", "missing from", "missing date", "invalid header", "valid address in the from",
        "missing message-id",
      ],
      cause: "The message lacks a header field that every message needs, or bears one twice.",
      next: ["a message needs From and Date once each; parley send --header adds one"], clause: "RFC 5322 §3.6"),
  ]
}
