using System.Net.Http.Headers;
using System.Text;
using Cordon.Commands;
using Cordon.Engine.Signals;
using Cordon.Tests.Program;

namespace Cordon.Tests.Faults;

/// <summary>A thousand identity numbers go in by every entrance; afterwards none stands anywhere, and tokens stand in their place.</summary>
public sealed class PlantedNumberTests : IDisposable
{
    private const string Head = """ "id":"#","member":"bank-a","at":"2026-03-02T08:00:00Z" """;

    private const string Loss = """ "losses":[{"payee":"bank-b:1","amount":"1.00","currency":"CNY","at":"2026-03-02T08:00:00Z"}], """;

    // % is the number, # an id of the line's own.
    private static readonly (string Kind, string Line)[] Lines =
    [
        ("subscription", """{"line":"13800138000","identity":"verified","identityNumber":"%",HEAD}"""),
        ("accountOpening", """{"account":"bank-a:#","accountKind":"personal","identityNumber":"%",HEAD}"""),
        ("subscription", """{"line":"13800138000","person":"%",HEAD}"""),
        ("subscription", """{"line":"13800138000","agent":"%",HEAD}"""),
        ("subscription", """{"line":"13800138000","agent":"shop-%-2",HEAD}"""),
        ("subscription", """{"line":"13800138000","device":"%",HEAD}"""),
        ("subscription", """{"line":"%",HEAD}"""),
        ("subscription", """{"line":"13800138000","lineKind":"%",HEAD}"""),
        ("accountOpening", """{"account":"bank-a:#","branch":"%",HEAD}"""),
        ("accountOpening", """{"account":"bank-a:%",HEAD}"""),
        ("accountOpening", """{"account":"%:#",HEAD}"""),
        ("accountOpening", """{"account":"bank-a:#","openingBalance":{"amount":"%","currency":"CNY"},HEAD}"""),
        ("transfer", """{"payer":"bank-a:%","payee":"bank-b:1","amount":"1.00","currency":"CNY",HEAD}"""),
        ("transfer", """{"payer":"bank-a:1","payee":"bank-b:%","amount":"1.00","currency":"CNY",HEAD}"""),
        ("transfer", """{"payer":"bank-a:1","payee":"bank-b:2","amount":"1.00","currency":"CNY","orderReference":"%",HEAD}"""),
        ("transfer", """{"payer":"bank-a:1","payee":"bank-b:2","amount":"1.00","currency":"CNY","means":"%",HEAD}"""),
        ("transfer", """{"payer":"bank-a:1","payee":"bank-b:2","amount":"1.00","currency":"%",HEAD}"""),
        ("transfer", """{"payer":"bank-a:1","payee":"bank-b:2","amount":"1.00","currency":"CNY","%":"x",HEAD}"""),
        ("transfer", """{"payer":"bank-a:1","payee":"bank-b:2","amount":"1.00","currency":"CNY","id":"%","member":"bank-a","at":"2026-03-02T08:00:00Z"}"""),
        ("transfer", """{"payer":"bank-a:1","payee":"bank-b:2","amount":"1.00","currency":"CNY","id":"#","member":"%","at":"2026-03-02T08:00:00Z"}"""),
        ("transfer", """{"payer":"bank-a:1","payee":"bank-b:2","amount":"1.00","currency":"CNY","id":"#","member":"bank-a","at":"%"}"""),
        ("transfer", """{"payer":"bank-a:1","payee":"bank-b:2","amount":"1.00" % HEAD"""),
        ("call", """{"caller":"%","callee":"13800138000",HEAD}"""),
        ("call", """{"caller":"13900139000","callee":"%",HEAD}"""),
        ("call", """{"caller":"13900139000","callee":"13800138000","trunk":"%",HEAD}"""),
        ("call", """{"caller":"13900139000","callee":"13800138000","origin":"%",HEAD}"""),
        ("message", """{"sender":"%","recipient":"13800138000",HEAD}"""),
        ("message", """{"sender":"10086","recipient":"13800138000","link":"%.example.com",HEAD}"""),
        ("message", """{"sender":"10086","recipient":"13800138000","link":"https://example.com/?id=%",HEAD}"""),
        ("webVisit", """{"line":"13800138000","domain":"id-%.example.com",HEAD}"""),
        ("webVisit", """{"line":"13800138000","domain":"example.com/%",HEAD}"""),
    ];

    private static readonly string[] ReportLines =
    [
        """{"id":"#","channel":"hotline","text":"我的身份证号是%，请查。","reportedAt":"2026-03-02T09:00:00Z"}""",
        """{"id":"#","channel":"hotline","text":"t","reporter":{"name":"王某 %"},"reportedAt":"2026-03-02T09:00:00Z"}""",
        """{"id":"#","channel":"hotline","text":"t","reporter":{"phone":"%"},"reportedAt":"2026-03-02T09:00:00Z"}""",
        """{"id":"#","channel":"%","text":"t","reportedAt":"2026-03-02T09:00:00Z"}""",
        """{"id":"#","channel":"hotline","text":"t","fraudType":"%","reportedAt":"2026-03-02T09:00:00Z"}""",
        """{"id":"%","channel":"hotline","text":"t","reportedAt":"2026-03-02T09:00:00Z"}""",
        """{"id":"#","channel":"hotline","text":"t","%":1,"reportedAt":"2026-03-02T09:00:00Z"}""",
        """{"id":"#","channel":"hotline","text":"t","suspects":{"phones":["%"]},"reportedAt":"2026-03-02T09:00:00Z"}""",
        """{"id":"#","channel":"hotline","text":"t","suspects":{"accounts":["bank-b:%"]},"reportedAt":"2026-03-02T09:00:00Z"}""",
        """{"id":"#","channel":"hotline","text":"t","suspects":{"accounts":["%:1"]},"reportedAt":"2026-03-02T09:00:00Z"}""",
        """{"id":"#","channel":"hotline","text":"t","suspects":{"domains":["https://%.example.com/%"]},"reportedAt":"2026-03-02T09:00:00Z"}""",
        """{"id":"#","channel":"hotline","text":"t","suspects":{"domains":["https://example.com/?who=%"]},"reportedAt":"2026-03-02T09:00:00Z"}""",
        """{"id":"#","channel":"hotline","text":"t","losses":[{"payee":"bank-b:%","amount":"1.00","currency":"CNY","at":"2026-03-02T08:00:00Z"}],"reportedAt":"2026-03-02T09:00:00Z"}""",
        """{"id":"#","channel":"hotline","text":"t","losses":[{"member":"%","transferId":"x","amount":"1.00","currency":"CNY","at":"2026-03-02T08:00:00Z"}],"reportedAt":"2026-03-02T09:00:00Z"}""",
        """{"id":"#","channel":"hotline","text":"t","losses":[{"member":"bank-a","transferId":"%","amount":"1.00","currency":"CNY","at":"2026-03-02T08:00:00Z"}],"reportedAt":"2026-03-02T09:00:00Z"}""",
    ];

    private static readonly string[] Addresses =
    [
        "api/v1/cases?cursor=%", "api/v1/%", "%", "api/v1/traces?account=bank-a:%&at=2026-03-02&amount=1.00", "api/v1/traces?account=bank-a:1&at=%&amount=%",
        "api/v1/traces?transfer=%", "api/v1/traces?member=%&transfer=1&until=%", "api/v1/traces?transfer=bank-a/%&depth=%", "api/v1/signals/%", "api/v1/orders?state=%", "cases/%", "sign-in?returnUrl=/%", "setup?token=%",
    ];

    private static readonly string[] Headers =
        ["User-Agent", "Idempotency-Key", "Authorization", "Cookie", "X-Request-Id", "X-Forwarded-For", "Accept-Language", "Referer", "Origin", "Accept", "If-Match"];

    private readonly CordonHome home = new();
    private readonly IdentityNumbers numbers = new();
    private readonly List<string> replaced = [];
    private readonly StringBuilder said = new();
    private int line;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_a_thousand_numbers_none_is_found_and_tokens_stand_in_their_place()
    {
        (await CordonProcess.RunAsync(home, "token", "create")).Expect(0);
        await ImportSignalsAsync();
        await ImportReportsAsync();
        await ImportColumnsAsync();
        await using (var server = CordonProcess.Start(home, "serve", "--address", "http://127.0.0.1:0"))
        {
            await server.NoteAsync(note => note.StartsWith("Cordon serves", StringComparison.Ordinal));
            using var client = Client();
            await AskAsync(client);
            while (!numbers.AllGiven) await SendAsync(client);
            Say(await server.KillAsync());
        }
        await AssertTokensAsync();

        // The search is proved on the files that the numbers came from, then used on everything that the program wrote.
        Assert.Equal(numbers.In(string.Concat(replaced)).Count, replaced.Count);
        Assert.True(numbers.InFolder(home.Files).Count > 150, "the search finds too few to be trusted");
        Assert.Contains("****", string.Concat(Directory.EnumerateFiles(Path.Combine(home.Data, "quarantine")).Select(File.ReadAllText)), StringComparison.Ordinal);
        Assert.Empty(numbers.InFolder(home.Data));
        Assert.Empty(numbers.InFolder(home.Config));
        Assert.Empty(numbers.InFolder(home.Temporary));
        Assert.Empty(numbers.In(said.ToString()));
    }

    public void Dispose() => home.Dispose();

    private async Task ImportSignalsAsync()
    {
        var text = new StringBuilder();
        for (var round = 0; round < 5; round++)
            foreach (var (kind, form) in Lines) text.Append("{\"kind\":\"").Append(kind).Append("\",").Append(Line(form, round)[1..]).Append('\n');
        var run = (await CordonProcess.RunAsync(home, "import", home.Write($"signals of {numbers.Next()}.ndjson", text.ToString()), "--json")).Expect(0);
        Say(run);
        Assert.InRange(run.Json.GetProperty("quarantined").EnumerateObject().Sum(q => q.Value.GetInt64()), 5 * (Lines.Length - 6), 5 * (Lines.Length - 2));
    }

    private async Task ImportReportsAsync()
    {
        var text = new StringBuilder();
        for (var round = 0; round < 3; round++)
            foreach (var form in ReportLines) text.Append(Line(form, round)).Append('\n');
        Say((await CordonProcess.RunAsync(home, "import", home.Write("reports.ndjson", text.ToString()), "--as", "reports")).Expect(0));
    }

    private async Task ImportColumnsAsync()
    {
        const string Columns = "id,member,at,payer,payee,amount,currency,orderReference";
        var rows = new[] { "#,bank-a,2026-03-02,bank-a:1,%,1.00,CNY,", "#,bank-a,2026-03-02,bank-a:1,bank-a:2,%,CNY,", "#,bank-a,2026-03-02,bank-a:1,bank-a:2,1.00,CNY,%", "#,bank-a,2026-03-02,bank-a:1,bank-a:2,1.00,CNY,1,%", "\"#,%" };
        Say((await CordonProcess.RunAsync(home, "import", home.Write("columns.csv", Columns + "\n" + string.Join('\n', rows.Select(row => Line(row, 0)))), "--as", "transfers")).Expect(0));
        Say(await CordonProcess.RunAsync(home, "import", home.Write("header.csv", Columns + "," + numbers.Next() + "\nx\n"), "--as", "transfers"));
        Say(await CordonProcess.RunAsync(home, "trace", "--transfer", numbers.Next()));
        Say(await CordonProcess.RunAsync(home, "import", numbers.Next()));
    }

    private async Task AskAsync(HttpClient client)
    {
        foreach (var address in Addresses)
        {
            using var get = new HttpRequestMessage(HttpMethod.Get, Line(address, 0));
            Say(await AnswerAsync(client, get));
            using var post = new HttpRequestMessage(HttpMethod.Post, Line(address, 0)) { Content = new StringContent(Line("{\"a\":\"%\"}", 0), Encoding.UTF8, "application/json") };
            Say(await AnswerAsync(client, post));
        }
        foreach (var header in Headers)
        {
            using var post = new HttpRequestMessage(HttpMethod.Post, "api/v1/reports") { Content = new StringContent(Line(ReportLines[0], 0), Encoding.UTF8, "application/json") };
            post.Headers.TryAddWithoutValidation(header, header == "Authorization" ? "Bearer " + numbers.Next() : numbers.Next());
            Say(await AnswerAsync(client, post));
        }
    }

    private async Task SendAsync(HttpClient client)
    {
        foreach (var (form, i) in ReportLines.Select((form, i) => (form, i)))
        {
            using var post = new HttpRequestMessage(HttpMethod.Post, "api/v1/reports") { Content = new StringContent(Line(form, i), Encoding.UTF8, "application/json") };
            if (i % 2 == 0) post.Headers.Add("Idempotency-Key", $"key-{line}");
            Say(await AnswerAsync(client, post));
        }
        foreach (var kind in Lines.GroupBy(l => l.Kind))
        {
            using var post = new HttpRequestMessage(HttpMethod.Post, $"api/v1/signals/{kind.Key}") { Content = new StringContent(string.Join('\n', kind.Select(l => Line(l.Line, line))), Encoding.UTF8, "application/x-ndjson") };
            Say(await AnswerAsync(client, post));
        }
    }

    private async Task AssertTokensAsync()
    {
        var made = (await CordonProcess.RunWithInputAsync(home, string.Join('\n', replaced), "token", "make")).Expect(0);
        var tokens = made.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        Assert.InRange(tokens.Count, 40, replaced.Count);
        var contents = await JournalContents.ReadAsync(home);
        var stored = contents.Signals.Select(s => s switch
        {
            Subscription subscription => subscription.Person,
            AccountOpening opening => opening.Person,
            _ => null,
        }).OfType<PersonToken>().Select(token => token.ToString()).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(tokens.Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal));
    }

    /// <summary>Fills a form with a fresh number, typed in one of the ways; without numbers left it stays harmless.</summary>
    private string Line(string form, int way)
    {
        line++;
        if (form.Contains("channel", StringComparison.Ordinal) && !form.Contains("losses", StringComparison.Ordinal)) form = form.Replace("\"reportedAt\"", Loss + "\"reportedAt\"", StringComparison.Ordinal);
        if (numbers.AllGiven) return form.Replace("HEAD", Head, StringComparison.Ordinal).Replace("%", "none", StringComparison.Ordinal).Replace("#", $"n{line}", StringComparison.Ordinal);
        var number = numbers.Next();
        if (form.Contains("identityNumber", StringComparison.Ordinal)) replaced.Add(number);
        return form.Replace("HEAD", Head, StringComparison.Ordinal).Replace("%", IdentityNumbers.Typed(number, way), StringComparison.Ordinal).Replace("#", $"n{line}", StringComparison.Ordinal);
    }

    private HttpClient Client()
    {
        var note = DataFolder.ReadNote(home.Data)!;
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = note.Server };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", note.Token);
        return client;
    }

    /// <summary>The answer with its status; an address may be repeated to who sent it only where a redirect needs it.</summary>
    private static async Task<string> AnswerAsync(HttpClient client, HttpRequestMessage request)
    {
        using var answer = await client.SendAsync(request, Cancel);
        Assert.NotEqual(System.Net.HttpStatusCode.InternalServerError, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private void Say(CordonRun run) => said.Append(run.Output).Append('\n').Append(run.Notes).Append('\n');

    private void Say(string text) => said.Append(text).Append('\n');
}
