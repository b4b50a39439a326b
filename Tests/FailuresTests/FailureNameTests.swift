import Foundation
import Testing

@testable import Failures

@Suite struct FailureNameTests {
  @Test func `every name that is declared stands in the list once`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/Failures")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    let text = try files.map { try String(contentsOf: $0, encoding: .utf8) }.joined()
    let declared = text.matches(of: #/static let \w+ = FailureName\("([a-z0-9_.]+)"\)/#).map { String($0.1) }
    let listed = (FailureName.all + FailureName.warnings).map(\.rawValue)
    #expect(declared.count > 90)
    #expect(declared.sorted() == listed.sorted())
    #expect(Set(listed).count == listed.count)
  }

  @Test func `only failures have an exit status`() {
    #expect(FailureName.all.allSatisfy { $0.exitStatus != nil && $0.exitStatus != .done })
    #expect(FailureName.warnings.allSatisfy { $0.exitStatus == nil })
    #expect(FailureName.smtp(550).exitStatus == nil)
    #expect(FailureName(rawValue: "new.name").exitStatus == nil)
  }

  @Test func `every exit status but success is some failure's`() {
    let used = Set(FailureName.all.map(\.exitStatus))
    #expect(ExitStatus.allCases.filter { !used.contains($0) } == [.done])
  }

  @Test func `the name of a refusing reply bears its code`() {
    #expect(FailureName.smtp(450).rawValue == "smtp.450")
    #expect(FailureName.smtp(450).replyCode == 450)
    #expect(FailureName.smtpPartial.replyCode == nil)
    #expect(FailureName(rawValue: "proto.450").replyCode == nil)
  }

  @Test func `kinds of names are told apart`() {
    #expect(FailureName.timeoutTLS.isTimeout && !FailureName.connEOF.isTimeout)
    #expect(FailureName.tlsCertExpired.isCertificate && !FailureName.tlsConfigTrust.isCertificate)
  }
}
