import ArmSync
import Foundation
import Glibc
import Testing

@testable import ArmSyncCLI

@Suite("A file with a secret")
final class SecretFileTests {
    private let folder =
        FileManager.default.temporaryDirectory.path
        + "/arm-sync-secret-\(UUID().uuidString)"

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func write(_ text: String, mode: Int = 0o600) throws -> String {
        let path = "\(folder)/it's"
        try Data(text.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    @Test(
        "loses the one newline at its end and nothing else",
        arguments: [
            ("secret", "secret"), ("secret\n", "secret"), ("secret\r\n", "secret"),
            ("secret\n\n", "secret\n"), (" secret ", " secret "), ("пароль\n", "пароль"),
        ]
    )
    func newline(text: String, secret: String) throws {
        #expect(try SecretFile.text(of: try write(text)) == secret)
    }

    @Test(
        "is refused where others can read it, with what to type",
        arguments: [0o640, 0o604, 0o620]
    )
    func rights(mode: Int) throws {
        let path = try write("secret", mode: mode)
        let error = try #require(throws: CredentialError.self) { try SecretFile.text(of: path) }
        #expect(error.code == .unusable)
        #expect(error.message.hasSuffix("chmod 600 '\(folder)/it'\\''s'"), "\(error.message)")
        #expect(!SecretFile.isPrivate(path))
        #expect(chmod(path, 0o400) == 0)
        #expect(SecretFile.isPrivate(path))
    }

    @Test("is followed through a link of ours")
    func link() throws {
        let path = try write("secret")
        let link = "\(folder)/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        #expect(try SecretFile.text(of: link) == "secret")
    }

    @Test("is refused where another user owns it or its link", .enabled(if: geteuid() == 0))
    func owner() throws {
        let path = try write("secret")
        let link = "\(folder)/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        #expect(lchown(link, 65534, 65534) == 0)
        #expect(throws: CredentialError.self) { try SecretFile.text(of: link) }
        #expect(chown(path, 65534, 65534) == 0)
        #expect(throws: CredentialError.self) { try SecretFile.text(of: path) }
    }

    @Test(
        "is refused where it is none",
        arguments: ["", "\n", String(repeating: "x", count: 65_537)]
    )
    func contents(text: String) throws {
        let path = try write(text)
        #expect(throws: CredentialError.self) { try SecretFile.text(of: path) }
    }

    @Test("is refused where it is a folder, a pipe, not there, or no text")
    func kinds() throws {
        #expect(mkfifo("\(folder)/pipe", 0o600) == 0)
        let path = try write("")
        try Data([0xFF, 0xFE]).write(to: URL(filePath: path))
        for path in [folder, "\(folder)/pipe", "\(folder)/missing", path] {
            let error = try #require(throws: CredentialError.self) {
                try SecretFile.text(of: path)
            }
            #expect(error.message.contains(path), "\(error.message)")
        }
    }
}
