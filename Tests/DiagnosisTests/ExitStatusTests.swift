import Failures
import SMTPSession
import SMTPWire
import Testing

@testable import Diagnosis

@Suite struct ExitStatusTests {
  @Test(
    arguments: [
      (.smtp(450), 75), (.smtp(421), 75), (.smtp(550), 69), (.smtp(554), 69), (.smtp(530), 77), (.smtp(534), 77),
      (.smtp(535), 77),
      (.smtp(538), 77), (.smtpPartial, 1), (.smtp(250), 76), (.timeoutBanner, 75), (.timeoutTLS, 75),
      (.timeoutConnect, 75),
      (.connRefused, 69), (.connUnreachable, 69), (.connFailed, 69), (.connUnknownHost, 68),
      (.connLookupFailed, 75),
      (.connEOF, 76), (.connReset, 76), (.protoMixedCodes, 76), (.protoNotSMTP, 76), (.tlsCertExpired, 77),
      (.tlsNotOffered, 77), (.tlsRefused, 77), (.tlsClientCertRequired, 77),
      (.tlsHandshake, 76),
      (.tlsInjection, 76), (.tlsNotTLS, 76), (.tlsConfigIdentity, 66), (.tlsConfigCiphers, 64),
      (.authNotOffered, 77),
      (.authPlaintextRefused, 77), (.authLoop, 76), (.authTooManyIterations, 76), (.authBadChallenge, 76),
      (.authUnexpectedSuccess, 76),
      (.deliveryUncertain, 75), (.clientSizeExceeded, 65), (.cancelled, 75), (.internalFault, 70),
      (.fileUnreadable, 66), (.scriptUnmet, 1), (.connClosed, 75), (FailureName(rawValue: ""), 70),
    ] as [(FailureName, Int32)])
  func `each failure has its exit status`(name: FailureName, status: Int32) {
    #expect(FailureExplainer.exitStatus(for: SessionFailure(name, at: .command(.rcpt), "")).rawValue == status)
  }

  @Test(arguments: [(.smtp(554), 77), (.smtp(454), 75), (.smtp(421), 75)] as [(FailureName, Int32)])
  func `a login refused for good is a login refused, whatever its code`(name: FailureName, status: Int32) {
    #expect(FailureExplainer.exitStatus(for: SessionFailure(name, at: .command(.auth), "")).rawValue == status)
  }
}
