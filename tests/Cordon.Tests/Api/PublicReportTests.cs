using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Cordon.Casework;
using Cordon.Casework.Cases;
using Cordon.Casework.Members;
using Cordon.Casework.Reports;
using Cordon.Engine.Signals;
using Cordon.PublicPage;

namespace Cordon.Tests.Api;

/// <summary>Strangers at the public page, each from an address of its own.</summary>
public sealed partial class PublicReportTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Words = "昨天上午十点左右，自称公安局的人用 170 1234 5678 打来，让我把钱转到安全账户，打开 http://safe-check.xyz/a。我的身份证号110101199003078515。";

    private static readonly Actor Officer = new("person:anna", null, new HashSet<string> { Roles.DutyOfficer });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stranger_reports_without_an_account_and_sees_by_the_secret_how_it_stands()
    {
        using var stranger = Stranger(2);
        using var answer = await SendAsync(stranger, ("words", Words), ("phone", "13800138002"), ("lost", "48,000.50"), ("when", "2026-03-01T10:00"), ("name", "赵某"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await TextAsync(answer);
        var (number, secret) = Receipt(page);
        foreach (var told in new[] { "赵某", "安全账户", "13800138002", "48,000" }) Assert.DoesNotContain(told, page, StringComparison.Ordinal);

        var report = await FindAsync(number);
        Assert.Equal((ReportState.Received, ReportChannel.Public, "impersonated-authority", false), (report.State, report.Channel, report.FraudType, report.MayAct));
        Assert.Equal((48_000_50L, "2026-03-01T02:00:00Z"), (Assert.Single(report.Losses).Amount.Minor, report.Losses[0].At.ToString()));
        Assert.Equal([new PhoneNumber(8617012345678)], report.Suspects.Phones);
        Assert.Equal(["safe-check.xyz"], report.Suspects.Domains);
        Assert.DoesNotContain("110101199003078515", report.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0", report.Origin, StringComparison.Ordinal);

        Assert.Contains("等待工作人员核实", await LookAsync(stranger, number, secret), StringComparison.Ordinal);
        Assert.Contains("等待工作人员核实", await LookAsync(stranger, number.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal), secret), StringComparison.Ordinal);
        await host.Get<ReportDesk>().ActAsync(Officer, report.Id, new VerifyReport("Called back.", "fake-loan", report.Losses), Cancel);
        var seen = await LookAsync(stranger, number, secret);
        Assert.Contains("已核实，正在办理", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("赵某", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("C-2026", seen, StringComparison.Ordinal);
        foreach (var (n, s) in new[] { (number, "AAAA-AAAA-AAAA-AAAA"), ("ABCD-EFGH", secret), ("", "") })
            Assert.Contains("不对", await LookAsync(stranger, n, s), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN", "zh-CN", "刚刚转出钱")]
    [InlineData("en-GB,en;q=0.9", "en", "Have you just sent money")]
    [InlineData("de", "zh-CN", "刚刚转出钱")]
    public async Task The_page_speaks_two_languages_and_needs_no_script(string accepts, string lang, string says)
    {
        using var stranger = Stranger(3);
        stranger.DefaultRequestHeaders.AcceptLanguage.ParseAdd(accepts);
        foreach (var path in (string[])["/report", "/report/state"])
        {
            using var answer = await stranger.GetAsync(path, Cancel);
            var page = await TextAsync(answer);
            Assert.Contains($"<html lang=\"{lang}\"", page, StringComparison.Ordinal);
            Assert.Contains(says, page, StringComparison.Ordinal);
            Assert.Contains("tel:110", page, StringComparison.Ordinal);
            Assert.Contains("tel:96110", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
            Assert.StartsWith("default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.True(answer.Headers.CacheControl!.NoStore);
        }
        Assert.Contains("Report a fraud", await stranger.GetStringAsync("/report?lang=en", Cancel), StringComparison.Ordinal);
        Assert.Contains("报告诈骗", WebUtility.HtmlDecode(await stranger.GetStringAsync("/report?lang=zh-CN", Cancel)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_five_at_once_an_address_is_told_when_to_come_back_and_whom_to_call()
    {
        using var stranger = Stranger(4);
        for (var i = 0; i < PublicRates.SendsOfAddress; i++)
        {
            // Whether or not it is a report: what is sent counts.
            using var taken = await SendAsync(stranger, ("words", "short"), ("phone", "1"));
            Assert.Equal(HttpStatusCode.BadRequest, taken.StatusCode);
        }
        using var refused = await SendAsync(stranger, ("words", Words), ("phone", "13800138004"));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        var page = await TextAsync(refused);
        Assert.Contains("tel:110", page, StringComparison.Ordinal);
        Assert.Contains("后再试", page, StringComparison.Ordinal);
        stranger.DefaultRequestHeaders.Accept.Clear();
        using var program = await stranger.PostAsync("/report", new FormUrlEncodedContent([]), Cancel);
        Assert.Equal(HttpStatusCode.TooManyRequests, program.StatusCode);
        Assert.Contains("\"code\":\"report/too-many\"", await TextAsync(program), StringComparison.Ordinal);
        Assert.NotNull(program.Headers.RetryAfter);
        // Nor is a slash behind the address a way round.
        using var slash = await stranger.PostAsync("/report/", new FormUrlEncodedContent([]), Cancel);
        Assert.Equal(HttpStatusCode.TooManyRequests, slash.StatusCode);
        // Nobody else is kept out.
        using var other = Stranger(5);
        using var through = await SendAsync(other, ("words", Words), ("phone", "13800138005"));
        Assert.Equal(HttpStatusCode.OK, through.StatusCode);
    }

    [Fact]
    public async Task An_address_that_left_five_unread_reports_leaves_no_sixth()
    {
        var origin = host.Get<OriginKey>().Digest(IPAddress.Parse("127.0.0.6"));
        for (var i = 0; i < 5; i++)
        {
            var told = new ReportIntake($"public/full{i}", null, null, "被骗", ReportIntake.TypeNotKnown, new Suspects([], [], []), [], Instant.From(host.Time.GetUtcNow()))
            {
                Channel = ReportChannel.Public, Stranger = new StrangersMark(origin, ""),
            };
            Assert.True((await host.Get<CaseDesk>().ReceiveAsync(Officer, told, Cancel)).Succeeded);
        }
        using var stranger = Stranger(6);
        using var refused = await SendAsync(stranger, ("words", Words), ("phone", "13800138006"));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromHours(24), refused.Headers.RetryAfter!.Delta);
        Assert.Contains("今天不能再提交", await TextAsync(refused), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("words", "短", "10 到 4000")]
    [InlineData("phone", "abc", "能打通的手机号")]
    [InlineData("lost", "many", "金额只写数字")]
    [InlineData("lost", "0", "金额只写数字")]
    [InlineData("when", "2027-01-01T00:00", "不能晚于现在")]
    [InlineData("when", "yesterday", "不能晚于现在")]
    public async Task A_slip_is_told_and_what_was_typed_is_there_to_be_mended(string field, string value, string says)
    {
        using var stranger = Stranger(20 + Math.Abs((field + value).Sum(c => c) % 200));
        var fields = new Dictionary<string, string> { ["words"] = Words, ["phone"] = "13800138007", [field] = value };
        using var answer = await SendAsync(stranger, [.. fields.Select(f => (f.Key, f.Value))]);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await TextAsync(answer);
        Assert.Contains(says, page, StringComparison.Ordinal);
        Assert.Contains(fields["words"], page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_fills_the_hidden_field_leaves_nothing()
    {
        using var stranger = Stranger(8);
        using var answer = await SendAsync(stranger, ("words", Words), ("phone", "13800138008"), (PublicEndpoints.Trap, "http://spam.example"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var (number, _) = Receipt(await TextAsync(answer));
        Assert.DoesNotContain(await AllAsync(), r => r.SourceId == ReportTicket.SourceOf(number));
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_is_one_report_with_one_receipt()
    {
        using var stranger = Stranger(9);
        var page = await stranger.GetStringAsync("/report", Cancel);
        var form = new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = Hidden(page, "__RequestVerificationToken"), ["ticket"] = Hidden(page, "ticket"), ["words"] = Words, ["phone"] = "13800138009",
        };
        using var first = await stranger.PostAsync("/report", new FormUrlEncodedContent(form), Cancel);
        using var second = await stranger.PostAsync("/report", new FormUrlEncodedContent(form), Cancel);
        var (number, secret) = Receipt(await TextAsync(first));
        Assert.Equal((number, secret), Receipt(await TextAsync(second)));
        Assert.Single(await AllAsync(), r => r.SourceId == ReportTicket.SourceOf(number));

        form["words"] = "另外还有一件事：他们昨天又打来电话让我转账。";
        using var other = await stranger.PostAsync("/report", new FormUrlEncodedContent(form), Cancel);
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Contains(form["words"], await TextAsync(other), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_token_of_the_form_or_its_ticket_nothing_is_taken()
    {
        using var stranger = Stranger(10);
        var before = (await AllAsync()).Count;
        var page = await stranger.GetStringAsync("/report", Cancel);
        var form = new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = Hidden(page, "__RequestVerificationToken"), ["ticket"] = Hidden(page, "ticket"), ["words"] = Words, ["phone"] = "13800138010",
        };
        foreach (var missing in (string[])["__RequestVerificationToken", "ticket"])
        {
            using var refused = await stranger.PostAsync("/report", new FormUrlEncodedContent(form.Where(f => f.Key != missing)), Cancel);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains("打开太久", await TextAsync(refused), StringComparison.Ordinal);
        }
        using var long1 = await stranger.PostAsync("/report", new FormUrlEncodedContent(form.Append(new("more", new string('x', 70_000)))), Cancel);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, long1.StatusCode);
        Assert.Equal(before, (await AllAsync()).Count);
    }

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9", true)]
    [InlineData("203.0.113.9", "203.0.113.10", false)]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void A_household_is_one_address(string one, string other, bool same) =>
        Assert.Equal(same, OriginKey.Place(IPAddress.Parse(one)) == OriginKey.Place(IPAddress.Parse(other)));

    private HttpClient Stranger(int address)
    {
        var client = new HttpClient(new SocketsHttpHandler
        {
            CookieContainer = new CookieContainer(),
            AllowAutoRedirect = false,
            ConnectCallback = async (context, cancel) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, (byte)address]), 0));
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, context.DnsEndPoint.Port), cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        }) { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return client;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient stranger, params (string Name, string Value)[] fields)
    {
        var page = await stranger.GetStringAsync("/report", Cancel);
        var form = fields.Append(("__RequestVerificationToken", Hidden(page, "__RequestVerificationToken"))).Append(("ticket", Hidden(page, "ticket")));
        return await stranger.PostAsync("/report", new FormUrlEncodedContent(form.Select(f => new KeyValuePair<string, string>(f.Item1, f.Item2))), Cancel);
    }

    // The page writes Chinese by character references.
    private static async Task<string> TextAsync(HttpResponseMessage answer) => WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));

    private static async Task<string> LookAsync(HttpClient stranger, string number, string secret)
    {
        using var answer = await ApiHost.SendFormAsync(stranger, "/report/state", "/report/state", ("number", number), ("secret", secret));
        return await TextAsync(answer);
    }

    private static (string Number, string Secret) Receipt(string page)
    {
        var found = ReceiptShown().Match(page);
        Assert.True(found.Success, page);
        return (found.Groups[1].Value, found.Groups[2].Value);
    }

    private static string Hidden(string page, string name) => WebUtility.HtmlDecode(Regex.Match(page, $"name=\"{name}\" value=\"([^\"]+)\"").Groups[1].Value);

    private Task<List<Report>> AllAsync() => host.Get<ReportDesk>().ListAsync(Officer, new ReportFilter { Channel = ReportChannel.Public, Limit = 500 });

    private async Task<Report> FindAsync(string number) => Assert.Single(await AllAsync(), r => r.SourceId == ReportTicket.SourceOf(number));

    [GeneratedRegex("<dd data-number>([0-9A-Z-]{9})</dd>.*<dd data-secret>([0-9A-Z-]{19})</dd>", RegexOptions.Singleline)]
    private static partial Regex ReceiptShown();
}
