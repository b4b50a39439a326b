/// The exit statuses that scripts can rely on: sysexits.h, and 1 for an expectation that was not met.
package enum ExitStatus: Int32, CaseIterable, Sendable {
  /// All is done and as expected.
  case done = 0
  /// An expectation was not met, addresses are invalid, or dialogues differ.
  case unmet = 1
  /// The command line is not valid.
  case usage = 64
  /// The input is not valid.
  case badInput = 65
  /// A file that was named cannot be read.
  case noInput = 66
  /// A host's name has no address.
  case unknownHost = 68
  /// There is no service, or it refuses for good.
  case unavailable = 69
  /// This program is at fault.
  case internalFault = 70
  /// Something cannot be written.
  case inputOutput = 74
  /// The same may succeed later.
  case temporary = 75
  /// The peer broke the protocol.
  case protocolError = 76
  /// A login or a certificate was refused, or a secret would have been shown.
  case refused = 77
}

extension FailureName {
  /// All names of failures, each under the status that it ends a command with.
  private static let byStatus: [(status: ExitStatus, names: [FailureName])] = [
    (.unmet, [.smtpPartial, .scriptUnmet]),
    (
      .usage,
      [
        .usage, .usageTarget, .scriptVariable, .terminalNone, .authNoCredentials, .tlsConfigCiphers, .tlsConfigVersions,
      ]
    ),
    (
      .badInput,
      [
        .clientSizeExceeded, .clientLineTooLong, .profileInvalid, .scriptInvalid, .compareNoSTARTTLS, .convertNothing,
        .convertUnknownForm,
        .mtaUsers, .authUnusableCredentials, .authBadBase64,
      ]
    ),
    (.noInput, [.fileUnreadable, .profileUnknown, .tlsConfigIdentity, .tlsConfigTrust]),
    (.unknownHost, [.connUnknownHost]),
    (
      .unavailable,
      [
        .connRefused, .connUnreachable, .connFailed, .terminalUnusable, .listenFailed, .mtaStart, .mtaState,
        .mtaPortFile, .tlsTestCA, .clientSmtputf8NotOffered, .client8bitmimeNotOffered, .clientExtensionNotOffered,
      ]
    ),
    (.internalFault, [.internalFault, .tlsConfigLibrary]),
    (.inputOutput, [.fileUnwritable, .tlsConfigKeyLog]),
    (
      .temporary,
      [
        .timeoutConnect, .timeoutBanner, .timeoutReply, .timeoutData, .timeoutWrite, .timeoutTLS, .timeoutTotal,
        .connLookupFailed, .connClosed, .deliveryUncertain, .cancelled,
      ]
    ),
    (
      .protocolError,
      [
        .connEOF, .connReset, .protoNotSMTP, .protoBadCode, .protoMixedCodes, .protoUnexpectedCode, .protoUnsolicited,
        .protoDesync, .protoLineTooLong, .protoReplyTooLong, .protoBadEOL, .protoNUL, .authBadChallenge,
        .authTooManyIterations, .authLoop, .authUnexpectedSuccess, .tlsNotTLS, .tlsHandshake, .tlsAlert, .tlsEOF,
        .tlsTruncated, .tlsInjection, .tlsRenegotiation, .tlsVersion,
      ]
    ),
    (
      .refused,
      [
        .authFailed, .authNotOffered, .authNoMechanism, .authPlaintextRefused, .authTargetUnnamed, .authNetrcReadable,
        .authProfileReadable,
        .authProfileWritable, .authDescriptorReadable, .mtaUsersReadable, .tlsNotOffered, .tlsRefused,
        .tlsClientCertRequired, .tlsCertExpired, .tlsCertNotYetValid, .tlsCertSelfSigned, .tlsCertUntrusted,
        .tlsCertHostname, .tlsCertWeakKey, .tlsCertWeakSignature, .tlsCertInvalid,
      ]
    ),
  ]

  /// All names of failures but `smtp.CODE`.
  package static let all: [FailureName] = byStatus.flatMap(\.names)

  /// All names of warnings.
  package static let warnings: [FailureName] = [
    .warnBareLF, .warnStrayCR, .warnNUL, .warnLongReplyLine, .warnEnhancedMismatch, .warnOddCode,
    .warnChallengeNotBase64,
  ]

  /// The status that a failure of this name ends a command with; nil for `smtp.CODE`, of which the place decides, for a
  /// warning, and for a name that is not ours.
  package var exitStatus: ExitStatus? {
    Self.byStatus.first { $0.names.contains(self) }?.status
  }
}
