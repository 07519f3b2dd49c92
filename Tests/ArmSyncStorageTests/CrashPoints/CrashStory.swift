import ArmSync
import ArmSyncStorage
import ArmSyncTestKit
import JSONDocument
import Testing

/// What happens at a station, from the first command to the last.
struct CrashStory: Sendable, CustomTestStringConvertible {
    let name: String
    var habits = CrashScene.Habits()
    /// Commands that are made to fail.
    var failures = 0
    let play: @Sendable (CrashScene) async -> Void

    var testDescription: String { name }

    init(
        _ name: String,
        _ habits: CrashScene.Habits = CrashScene.Habits(),
        failures: Int = 0,
        play: @escaping @Sendable (CrashScene) async -> Void
    ) {
        self.name = name
        self.habits = habits
        self.failures = failures
        self.play = play
    }
}

extension CrashStory {
    static let all = editing + syncing + deciding + failing

    /// A document whose journal line spans several sectors of a disk.
    private static let large: JSONValue = [
        "title": "saved reports",
        "text": .string(JSONString(String(repeating: "report ", count: 150))),
        "n1": 0,
    ]
    private static let small = CrashScene.Habits(limits: JournalLimits(tail: 600, journal: 900))

    private static let editing = [
        CrashStory("a first edit") { $0.set("x", 1) },
        CrashStory("edits of one process") { $0.set(1...4) },
        CrashStory("edits of a process each") { $0.set(1...3, restarts: true) },
        CrashStory("a large document and edits of it") { scene in
            scene.replace(by: large)
            scene.set(1...2)
        },
        CrashStory("journals written anew by one process", small) { $0.set(1...8) },
        CrashStory("journals written anew by a process each", small) {
            $0.set(1...6, restarts: true)
        },
        CrashStory("a large journal written anew", small) { scene in
            scene.replace(by: large)
            for number in 1...3 { scene.set("text", .string(JSONString("\(number)\(large)"))) }
        },
        CrashStory("edits that gather", CrashScene.Habits(gathers: true)) { scene in
            scene.set(1...4)
            scene.restart()
            scene.set(5...6)
        },
        CrashStory("a document emptied and filled again") { scene in
            scene.set(1...2)
            scene.clear()
            scene.set("x", 1)
        },
        CrashStory("damage and repair") { scene in
            scene.set(1...4)
            scene.damage(line: 3)
            scene.repair()
            scene.set("x", 1)
        },
        CrashStory("damage of a journal written anew, and repair", small) { scene in
            scene.set(1...6)
            scene.damage(line: 1)
            scene.repair()
            scene.set("x", 1)
        },
    ]

    private static let syncing =
        [
            CrashStory("saves that are confirmed") { scene in
                scene.set(1...2)
                await scene.sync()
                scene.set(3...3)
                await scene.sync()
            },
            CrashStory("saves and journals written anew", small) { scene in
                for number in 1...3 {
                    scene.set(number...number)
                    await scene.sync()
                }
            },
            CrashStory("a save put together with a rival's") { scene in
                scene.set("mine", 1)
                await scene.sync()
                scene.rival("theirs", 1)
                scene.set("mine", 2)
                await scene.sync()
            },
            CrashStory("a save that a rival undoes unseen") { scene in
                scene.set("x", 1)
                await scene.sync()
                scene.set("x", 2)
                await scene.sync()
                scene.rival("x", 1)
                await scene.sync()
            },
        ]
        + ModelServer.Fault.allCases.flatMap { fault in
            [
                CrashStory("a read that ends \(fault)") { scene in
                    scene.set("x", 1)
                    await scene.sync(fault)
                    scene.set("y", 1)
                    await scene.sync()
                },
                CrashStory("a save that ends \(fault)") { scene in
                    scene.set("x", 1)
                    await scene.sync(nil, fault)
                    scene.set("y", 1)
                    await scene.sync()
                },
            ]
        }
}
