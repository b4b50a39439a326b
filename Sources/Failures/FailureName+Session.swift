// The names of what ends a session: time, connection, replies and login.
extension FailureName {
  /// No host answered the attempt to connect in time.
  package static let timeoutConnect = FailureName("timeout.connect")
  /// The connection was made and no greeting came in time.
  package static let timeoutBanner = FailureName("timeout.banner")
  /// No reply came to a command in time.
  package static let timeoutReply = FailureName("timeout.reply")
  /// The server stopped taking the message in time.
  package static let timeoutData = FailureName("timeout.data")
  /// The server stopped reading, so nothing more could be sent in time.
  package static let timeoutWrite = FailureName("timeout.write")
  /// The TLS handshake did not end in time.
  package static let timeoutTLS = FailureName("timeout.tls")
  /// The session as a whole took longer than it may.
  package static let timeoutTotal = FailureName("timeout.total")
  /// Nobody listens at the port.
  package static let connRefused = FailureName("conn.refused")
  /// There is no route to the host.
  package static let connUnreachable = FailureName("conn.unreachable")
  /// The host's name has no address.
  package static let connUnknownHost = FailureName("conn.unknown_host")
  /// The host's name could not be looked up just now.
  package static let connLookupFailed = FailureName("conn.lookup_failed")
  /// The system could not make the connection, or broke it.
  package static let connFailed = FailureName("conn.failed")
  /// The peer closed the connection.
  package static let connEOF = FailureName("conn.eof")
  /// The peer reset the connection.
  package static let connReset = FailureName("conn.reset")
  /// The connection was closed from this side while something was still to come.
  package static let connClosed = FailureName("conn.closed")
  /// The server speaks something else than SMTP.
  package static let protoNotSMTP = FailureName("proto.not_smtp")
  /// A reply line does not begin with a code.
  package static let protoBadCode = FailureName("proto.bad_code")
  /// The lines of one reply bear different codes.
  package static let protoMixedCodes = FailureName("proto.mixed_codes")
  /// The code is none that the command can have.
  package static let protoUnexpectedCode = FailureName("proto.unexpected_code")
  /// Octets came that answer nothing.
  package static let protoUnsolicited = FailureName("proto.unsolicited")
  /// There are more replies than commands.
  package static let protoDesync = FailureName("proto.desync")
  /// A reply line is longer than the reader takes.
  package static let protoLineTooLong = FailureName("proto.line_too_long")
  /// A reply is longer than the reader takes.
  package static let protoReplyTooLong = FailureName("proto.reply_too_long")
  /// The server's lines do not end in CRLF.
  package static let protoBadEOL = FailureName("proto.bad_eol")
  /// A reply holds NUL octets.
  package static let protoNUL = FailureName("proto.nul")
  /// The server did not accept the credentials.
  package static let authFailed = FailureName("auth.failed")
  /// The server offers no AUTH.
  package static let authNotOffered = FailureName("auth.not_offered")
  /// No mechanism suits both sides.
  package static let authNoMechanism = FailureName("auth.no_mechanism")
  /// A login was asked for and no credentials are known.
  package static let authNoCredentials = FailureName("auth.no_credentials")
  /// The mechanism cannot carry the user's name or password.
  package static let authUnusableCredentials = FailureName("auth.unusable_credentials")
  /// The password would have gone out in clear.
  package static let authPlaintextRefused = FailureName("auth.plaintext_refused")
  /// The server's challenge is not what the mechanism defines.
  package static let authBadChallenge = FailureName("auth.bad_challenge")
  /// A text that should be base64 is not.
  package static let authBadBase64 = FailureName("auth.bad_base64")
  /// The server demands more rounds of the password's hash than we compute.
  package static let authTooManyIterations = FailureName("auth.too_many_iterations")
  /// The server asks again after the mechanism has said all.
  package static let authLoop = FailureName("auth.loop")
  /// The server accepted the login before it had the credentials.
  package static let authUnexpectedSuccess = FailureName("auth.unexpected_success")
  /// The server took the message for some recipients only.
  package static let smtpPartial = FailureName("smtp.partial")
  /// The message is larger than the server takes.
  package static let clientSizeExceeded = FailureName("client.size_exceeded")
  /// An address or a header field needs SMTPUTF8, which is not offered.
  package static let clientSmtputf8NotOffered = FailureName("client.smtputf8_not_offered")
  /// The message has octets beyond ASCII, and 8BITMIME is not offered.
  package static let client8bitmimeNotOffered = FailureName("client.8bitmime_not_offered")
  /// A line of the message is longer than SMTP allows.
  package static let clientLineTooLong = FailureName("client.line_too_long")
  /// A parameter of MAIL or RCPT belongs to an extension that is not offered.
  package static let clientExtensionNotOffered = FailureName("client.extension_not_offered")
  /// The message was sent whole and its reply never came.
  package static let deliveryUncertain = FailureName("delivery.uncertain")
  /// The session was stopped from this side.
  package static let cancelled = FailureName("cancelled")
}
