// swift-tools-version: 6.2

import PackageDescription

/// Settings every Swift target shares: a warning is an error here, and imports say what they leak.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// Relocations in a packed form: half a millisecond and a megabyte less for every start.
let quickStart: [LinkerSetting] = [
    .unsafeFlags(
        ["-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs"],
        .when(configuration: .release)
    )
]

let package = Package(
    name: "arm-sync",
    products: [
        .executable(name: "arm-sync", targets: ["ArmSyncCLI"]),
        .executable(name: "arm-server", targets: ["arm-server"]),
        .library(name: "JSONDocument", targets: ["JSONDocument"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        .package(
            url: "https://github.com/swiftlang/swift-subprocess",
            exact: "1.0.2",
            // The default trait brings full Foundation in.
            traits: []
        ),
    ],
    targets: [
        .target(
            name: "JSONDocument",
            swiftSettings: strict
        ),
        .systemLibrary(name: "CExpat", providers: [.apt(["libexpat1-dev"])]),
        .target(
            name: "ArmProtocol",
            dependencies: ["JSONDocument", "CExpat"],
            swiftSettings: strict
        ),
        .target(
            name: "ArmSync",
            dependencies: ["ArmProtocol", "JSONDocument"],
            swiftSettings: strict
        ),
        .target(name: "CLinux"),
        .target(
            name: "ArmSyncStorage",
            dependencies: ["ArmSync", "ArmProtocol", "JSONDocument", "CLinux"],
            swiftSettings: strict
        ),
        .target(name: "CLibcurl"),
        .target(name: "CWslay"),
        .target(
            name: "ArmSyncCurl",
            dependencies: ["ArmSync", "ArmProtocol", "JSONDocument", "CLibcurl", "CWslay"],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "ArmSyncCLI",
            dependencies: [
                "ArmSync", "ArmSyncStorage", "ArmSyncCurl", "ArmProtocol", "JSONDocument",
                "CLinux",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict,
            linkerSettings: quickStart
        ),
        .executableTarget(
            name: "arm-server",
            dependencies: [
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
            ],
            path: "Samples/arm-server",
            exclude: ["README.md"],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "JSONBenchmark",
            dependencies: ["JSONDocument"],
            path: "Tests/JSONBenchmark",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "HelloCommand",
            dependencies: [.product(name: "ArgumentParser", package: "swift-argument-parser")],
            path: "Tests/HelloCommand",
            swiftSettings: strict,
            linkerSettings: quickStart
        ),
        .executableTarget(
            name: "ArmSyncBenchmark",
            dependencies: [
                "ArmSync", "ArmSyncStorage", "ArmProtocol", "JSONDocument",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Tests/ArmSyncBenchmark",
            swiftSettings: strict
        ),
        .target(name: "SeededRandom", path: "Tests/SeededRandom", swiftSettings: strict),
        .testTarget(
            name: "JSONDocumentTests",
            dependencies: ["JSONDocument", "SeededRandom"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ArmProtocolTests",
            dependencies: ["ArmProtocol", "JSONDocument", "SeededRandom"],
            exclude: ["Fixtures"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ArmSyncTests",
            dependencies: [
                "ArmSync", "ArmSyncTestKit", "ArmProtocol", "JSONDocument", "SeededRandom",
            ],
            swiftSettings: strict
        ),
        .target(
            name: "ArmSyncTestKit",
            dependencies: ["ArmSync", "ArmProtocol", "JSONDocument"],
            path: "Tests/ArmSyncTestKit",
            swiftSettings: strict
        ),
        .target(
            name: "DiskSimulation",
            dependencies: ["ArmSyncStorage", "ArmSync", "SeededRandom"],
            path: "Tests/DiskSimulation",
            swiftSettings: strict
        ),
        .testTarget(
            name: "ArmSyncStorageTests",
            dependencies: [
                "ArmSyncStorage", "ArmSync", "ArmSyncTestKit", "ArmProtocol", "JSONDocument",
                "CLinux", "DiskSimulation", "SeededRandom",
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "ArmSyncSimulation",
            dependencies: [
                "ArmSyncStorage", "ArmSync", "ArmSyncTestKit", "ArmProtocol", "JSONDocument",
                "DiskSimulation", "SeededRandom",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Tests/ArmSyncSimulation",
            swiftSettings: strict
        ),
        .testTarget(
            name: "SimulationTests",
            dependencies: ["ArmSyncSimulation", "ArmSync", "JSONDocument"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ArmSyncCurlTests",
            dependencies: [
                "ArmSyncCurl", "ArmSync", "ArmProtocol", "JSONDocument", "SeededRandom",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ArmSyncCLITests",
            dependencies: [
                "ArmSyncCLI", "ArmSync", "ArmProtocol", "JSONDocument", "SeededRandom",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["Fixtures"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "EndToEndTests",
            // The programs are not imported: they are built because the tests start them.
            dependencies: ["ArmSyncCLI", "arm-server", "SeededRandom"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ArmServerTests",
            dependencies: [
                "arm-server", "SeededRandom",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
    ]
)

// The fuzzer has libFuzzer's `main`, which cannot stand beside the program's, and its harnesses look
// at what is internal: neither goes into an ordinary build. There the same files are a suite that
// replays the corpora.
let harnesses: [Target.Dependency] = [
    "ArmSyncCLI", "ArmSync", "ArmSyncStorage", "ArmSyncCurl", "ArmProtocol", "JSONDocument",
    "DiskSimulation",
    .product(name: "ArgumentParser", package: "swift-argument-parser"),
]
if Context.environment["ARM_SYNC_FUZZING"] == nil {
    package.targets.append(
        .testTarget(
            name: "FuzzingTests",
            dependencies: harnesses,
            path: "Tests/Fuzzing",
            exclude: ["LibFuzzer", "Corpora", "Findings"],
            swiftSettings: strict
        )
    )
} else {
    let renamedMain = ["-Xfrontend", "-entry-point-function-name", "-Xfrontend", "arm_sync_main"]
    let program = package.targets.first { $0.name == "ArmSyncCLI" }
    package.targets.removeAll { $0.type == .executable || $0.type == .test }
    package.targets += [
        .target(
            name: "ArmSyncCLI",
            dependencies: program?.dependencies ?? [],
            swiftSettings: strict + [.unsafeFlags(renamedMain)]
        ),
        .executableTarget(
            name: "arm-fuzz",
            dependencies: harnesses,
            path: "Tests/Fuzzing",
            exclude: ["Replay", "Corpora", "Findings"],
            swiftSettings: strict
        ),
    ]
    package.products = [.executable(name: "arm-fuzz", targets: ["arm-fuzz"])]
}
