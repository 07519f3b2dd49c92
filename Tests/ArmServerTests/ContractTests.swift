import NIOHTTP1
import Testing

@testable import arm_server

@Suite("The contract of both commands")
struct ContractTests {
    @Test("An accepted save is answered with out/response/ok, byte for byte")
    func savedAnswer() throws {
        #expect(
            try Station().save("<x/>") == """
                <?xml version="1.0" encoding="UTF-8"?>
                <out xmlns:xs="http://www.w3.org/2001/XMLSchema-instance" \
                xs:noNamespaceSchemaLocation="save_user_data.xsd"><response><ok/></response></out>
                """
        )
    }

    @Test("A read is answered with out/response/user_data, byte for byte")
    func readAnswer() throws {
        let station = try Station()
        _ = try station.save(#"<user_data user_data='{"a":1}'/>"#)
        #expect(
            try station.read() == """
                <?xml version="1.0" encoding="UTF-8"?>
                <out xmlns:xs="http://www.w3.org/2001/XMLSchema-instance" \
                xs:noNamespaceSchemaLocation="read_user_data.xsd"><response><user_data>\
                <user_data user_data="{&quot;a&quot;:1}"/></user_data></response></out>
                """
        )
    }

    @Test(
        "A save that breaks the contract is refused by name and stores nothing",
        arguments: [
            ("", "there is no root element"),
            ("hello", "there is no root element"),
            ("<in>", "an element is not closed"),
            ("<in/>", "in must hold exactly one request"),
            ("<out/>", "in was expected where out stands"),
            ("<in><request/></in>", "request must hold exactly one save_user_data"),
            ("<in><request><read_user_data/></request></in>", "save_user_data was expected"),
            ("<in><request><save_user_data/></request></in>", "has no application_id"),
            (order("", "application_id=''"), "application_id is empty"),
            (order("", "application_id='a' agent_id=''"), "agent_id is empty"),
            (order("", "application_id='a' user='b'"), "must not have an attribute user"),
            (order("text", "application_id='a'"), "must not hold text"),
            (order("<data/>", "application_id='a'"), "user_data was expected where data stands"),
            (order("<user_data/><user_data/>", "application_id='a'"), "one user_data and nothing"),
            (order("<user_data id='1'/>", "application_id='a'"), "must not have an attribute id"),
            (order("<user_data xmlns='urn:x'/>", "application_id='a'"), "an attribute xmlns"),
            ("<in a='1'><request/></in>", "in must not have an attribute a"),
            ("<in><request/><request/></in>", "in must hold exactly one request"),
            ("<!DOCTYPE in><in/>", "document type declarations are refused"),
        ]
    )
    func brokenSave(_ body: String, _ reason: String) throws {
        let station = try Station()
        let answer = try station.body(station.post(.save, body))
        #expect(answer.contains(#"<error code="cannot_perform_cmd">"#))
        #expect(answer.contains(reason))
        #expect(try station.records().map(\.outcome) == ["refused"])
        #expect(try station.control(.GET, "documents/biysk.local/a/102").status == 404)
    }

    @Test(
        "A read needs an agent and takes no elements",
        arguments: [
            ("application_id='a'", "", "has no agent_id"),
            ("application_id='a' agent_id='1'", "<user_data/>", "takes no elements"),
        ]
    )
    func brokenRead(_ attributes: String, _ content: String, _ reason: String) throws {
        let station = try Station()
        let body =
            "<in><request><read_user_data \(attributes)>\(content)</read_user_data></request></in>"
        #expect(try station.body(station.post(.read, body)).contains(reason))
    }

    @Test("Declared prefixes and the place of the schema are allowed, as a validator allows them")
    func schemaLocation() throws {
        let station = try Station()
        let body = """
            <?xml version="1.0"?><!-- note -->
            <in xmlns:xs="http://www.w3.org/2001/XMLSchema-instance"
                xs:noNamespaceSchemaLocation="save_user_data.xsd">
              <request><save_user_data application_id="hodor"><user_data/></save_user_data></request>
            </in>
            """
        #expect(try station.body(station.post(.save, body)).contains("<ok/>"))
    }

    @Test("A save without an agent belongs to the agent of the session")
    func sessionAgent() throws {
        var options = Switchboard.Options()
        options.sessionAgent = "777"
        let station = try Station(options: options)
        _ = try station.save("<mine/>", agent: nil)
        #expect(try station.read(agent: "777").contains("<mine/>"))
        #expect(try !station.read(agent: "102").contains("<mine/>"))
    }

    @Test("Each domain, application and agent has a document of its own, compared as bytes")
    func addresses() throws {
        let station = try Station()
        let composed = "\u{0439}"
        let decomposed = "\u{0438}\u{0306}"
        _ = try station.save("<one/>", application: composed)
        _ = try station.save("<two/>", application: decomposed)
        _ = try station.save("<three/>", application: composed, agent: "103")
        #expect(try station.read(application: composed).contains("<one/>"))
        #expect(try station.read(application: decomposed).contains("<two/>"))
        #expect(try station.read(application: composed, agent: "103").contains("<three/>"))
    }

    @Test(
        "What a read of a never-saved document says is a choice",
        arguments: [
            (AbsentForm.empty, "<response><user_data/></response>"),
            (.missing, "<response/>"),
            (.error, "<error code=\"cannot_perform_cmd\">nothing is stored"),
        ]
    )
    func absent(_ form: AbsentForm, _ expected: String) throws {
        var options = Switchboard.Options()
        options.absentForm = form
        #expect(try Station(options: options).read().contains(expected))
    }

    @Test(
        "The error element comes in three forms",
        arguments: [
            (ErrorForm.attribute, "<error code=\"cannot_perform_cmd\">refused on purpose</error>"),
            (
                .child,
                "<error><code>cannot_perform_cmd</code><reason>refused on purpose</reason></error>"
            ),
            (.text, "<error>cannot_perform_cmd</error>"),
        ]
    )
    func errorForms(_ form: ErrorForm, _ expected: String) throws {
        var options = Switchboard.Options()
        options.errorForm = form
        #expect(try Station(faults: ["refuse"], options: options).read().contains(expected))
    }

    @Test("A save without user_data leaves nothing stored")
    func clearing() throws {
        let station = try Station()
        _ = try station.save("<x/>")
        _ = station.post(.save, Self.order("", "application_id='hodor' agent_id='102'"))
        #expect(try station.control(.GET, "documents/biysk.local/hodor/102").status == 404)
        #expect(try station.records().map(\.outcome) == ["saved", "cleared"])
    }

    @Test("Other methods get 405 with Allow, other paths 404, and both are recorded")
    func otherRequests() throws {
        let station = try Station(pathPrefix: "/ecss/api")
        let path = "/ecss/api/d/service/cc/arm/read_user_data"
        let get = station.router.delivery(for: HTTPRequest(method: .GET, target: path))
        #expect(try station.status(get) == 405)
        for target in ["/d/service/cc/arm/read_user_data", path + "/", "/", "*", "", "//////"] {
            let post = station.router.delivery(for: HTTPRequest(method: .POST, target: target))
            #expect(try station.status(post) == 404)
        }
        let post = station.router.delivery(
            for: HTTPRequest(
                method: .POST,
                target: path + "?x=1",
                body: Array(Station.readRequest().utf8)
            )
        )
        #expect(try station.body(post).contains("<user_data/>"))
        #expect(try station.records().map(\.status) == [405, 404, 404, 404, 404, 404, 404, 200])
    }

    static func order(_ content: String, _ attributes: String) -> String {
        "<in><request><save_user_data \(attributes)>\(content)</save_user_data></request></in>"
    }
}
