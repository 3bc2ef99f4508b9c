using System.Collections.Immutable;
using System.Diagnostics;
using Cordon.Casework.Cases;
using Cordon.Casework.Reports;
using Cordon.Casework.Series;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Cordon.Tests.Orders;
using Cordon.Tests.Storage;

namespace Cordon.Tests.Series;

public sealed class SeriesDeskTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Cases_are_linked_by_what_few_share_and_it_is_told_why(Provider provider)
    {
        await using var centre = await OrderCentre.OpenAsync(provider);
        var desk = new SeriesDesk(centre.Store);
        var first = await OpenAsync(centre, 1, domains: ["pay.example"]);
        var second = await OpenAsync(centre, 2, domains: ["pay.example"]);
        var third = await OpenAsync(centre, 3, domains: ["other.example"]);
        var link = Assert.Single((await desk.LinkedAsync(OrderCentre.Office, first, Cancel))!.Links);
        Assert.Equal((second, true, MarkKind.Domain, "pay.example", 2), (link.Other.Id, link.Links, link.Shared[0].Kind, link.Shared[0].Value, link.Shared[0].Cases));
        Assert.Equal([first, second], (await desk.SeriesOfAsync(OrderCentre.Office, second, Cancel))!.Cases.Select(c => c.Id));
        Assert.Empty((await desk.LinkedAsync(OrderCentre.Office, third, Cancel))!.Links);
        Assert.Null(await desk.LinkedAsync(OrderCentre.Clerk(MemberCode.Parse("bank-a")), first, Cancel));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_hub_does_not_glue_the_world_together(Provider provider)
    {
        await using var centre = await OrderCentre.OpenAsync(provider);
        var desk = new SeriesDesk(centre.Store);
        var most = SeriesRules.MostCases(MarkKind.Domain);
        var cases = new List<Guid>();
        for (var i = 0; i <= most; i++) cases.Add(await OpenAsync(centre, i, phones: [new PhoneNumber(8695588)], domains: ["bank.example"]));
        Assert.Equal(most + 1, cases.Distinct().Count());
        var linked = (await desk.LinkedAsync(OrderCentre.Office, cases[0], Cancel))!;
        Assert.Empty(linked.Links);
        Assert.Equal((MarkKind.Domain, "bank.example", most + 1), (linked.Hubs[0].Kind, linked.Hubs[0].Value, linked.Hubs[0].Cases));
        Assert.Single((await desk.SeriesOfAsync(OrderCentre.Office, cases[0], Cancel))!.Cases);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task What_is_taken_apart_and_put_together_again_is_what_it_was(Provider provider)
    {
        await using var centre = await OrderCentre.OpenAsync(provider);
        var desk = new SeriesDesk(centre.Store);
        // A row of cases, each linked with the next.
        var cases = new List<Guid>();
        for (var i = 0; i < 6; i++) cases.Add(await OpenAsync(centre, i, domains: [$"d{i}.example", $"d{i + 1}.example"]));
        var dice = new Random(7);
        var whole = await TextAsync(desk, cases);
        Assert.Contains("6 cases", whole, StringComparison.Ordinal);
        for (var round = 0; round < 12; round++)
        {
            var (one, other) = (cases[dice.Next(6)], cases[dice.Next(6)]);
            if (one == other) continue;
            var before = await TextAsync(desk, cases);
            var linked = (await desk.LinkedAsync(OrderCentre.Office, one, Cancel))!.Links.Any(l => l.Other.Id == other && l.Links);
            Assert.True((await desk.DecideAsync(OrderCentre.Office, one, other, linked ? LinkStanding.Cut : LinkStanding.Made, "A trial.", Cancel)).Succeeded);
            var between = await TextAsync(desk, cases);
            if (linked) Assert.NotEqual(before, between);
            Assert.True((await desk.DecideAsync(OrderCentre.Office, other, one, LinkStanding.ByEvidence, "Taken back.", Cancel)).Succeeded);
            Assert.Equal(before, await TextAsync(desk, cases));
        }
        // A cut stays, whatever more they share.
        await desk.DecideAsync(OrderCentre.Office, cases[0], cases[1], LinkStanding.Cut, "Two gangs use one host.", Cancel);
        await centre.Store.ChangeAsync<int>(OrderCentre.Office, async change =>
        {
            foreach (var id in cases.Take(2)) await SeriesMarks.RememberAsync(change, id, ["account:bank-b:both"], Cancel);
            return 0;
        }, Cancel);
        var link = Assert.Single((await desk.LinkedAsync(OrderCentre.Office, cases[0], Cancel))!.Links);
        Assert.Equal((false, LinkStanding.Cut, true), (link.Links, link.Decision!.Standing, link.Strength > 0.95));
        Assert.Single((await desk.SeriesOfAsync(OrderCentre.Office, cases[0], Cancel))!.Cases);
        Assert.Equal("case/not-found", (await desk.DecideAsync(OrderCentre.Office, cases[0], Guid.Empty, LinkStanding.Cut, "x", Cancel)).Refusal!.Code);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Among_many_cases_those_of_a_gang_are_found_and_hubs_draw_none_in(Provider provider)
    {
        await using var centre = await OrderCentre.OpenAsync(provider);
        var desk = new SeriesDesk(centre.Store);
        var cases = Long.Or(100_000, 4_000);
        var ids = await FillAsync(centre.Store, cases);
        var times = new List<double>();
        for (var i = 0; i < 100; i++)
        {
            var which = i * 487 % cases;
            var start = Stopwatch.GetTimestamp();
            var links = (await desk.LinkedAsync(OrderCentre.Office, ids[which], Cancel))!.Links;
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            // The seven others of its account; the next gang shares its domain, too little to link by itself.
            Assert.Equal(Enumerable.Range(which / 8 * 8, 8).Where(n => n != which).Select(n => ids[n]).Order(), links.Where(l => l.Links).Select(l => l.Other.Id).Order());
            Assert.True(links.Count <= 15, $"{links.Count} links");
        }
        TestContext.Current.SendDiagnosticMessage($"{provider}: links of one case among {cases}: median {times.Order().ElementAt(50):F1} ms, p95 {times.Order().ElementAt(95):F1} ms");
    }

    // Written as the module writes them, past its doors: a hundred thousand reports would take minutes.
    private static async Task<List<Guid>> FillAsync(CaseworkStore store, int count)
    {
        var ids = new List<Guid>(count);
        for (var from = 0; from < count; from += 4_000)
        {
            var done = await store.ChangeAsync<int>(OrderCentre.Office, change =>
            {
                for (var i = from; i < from + 4_000; i++)
                {
                    var opened = new Case();
                    opened.Apply(new CaseOpened(change.Now, change.NewId(), $"C-2026-{i:D6}", "fake-loan", Currency.Cny));
                    ids.Add(opened.Id);
                    change.Db.Add(opened);
                    // Gangs of eight cases by an account and a domain; every case names one of ten hubs.
                    foreach (var value in (string[])[$"account:bank-b:{i / 8}", $"domain:g{i / 16}.example", $"phone:+8613{i:D9}", $"domain:hub{i % 10}.example"])
                        change.Db.Add(new SeriesMark { CaseId = opened.Id, Value = value });
                    if (i % 8 == 0) change.Db.Add(new SeriesDegree { Value = $"account:bank-b:{i / 8}", Cases = 8 });
                    if (i % 16 == 0) change.Db.Add(new SeriesDegree { Value = $"domain:g{i / 16}.example", Cases = 16 });
                    if (i < 10) change.Db.Add(new SeriesDegree { Value = $"domain:hub{i}.example", Cases = SeriesRules.MostCases(MarkKind.Domain) + 1 });
                }
                return Task.FromResult<Casework.Outcome<int>>(0);
            }, Cancel);
            Assert.True(done.Succeeded);
        }
        return ids;
    }

    private static async Task<string> TextAsync(SeriesDesk desk, List<Guid> cases)
    {
        var lines = new List<string>();
        foreach (var id in cases)
        {
            var series = (await desk.SeriesOfAsync(OrderCentre.Office, id, Cancel))!;
            lines.Add($"{series.Cases.Count} cases: {string.Join(' ', series.Cases.Select(c => c.Number))}; {string.Join(' ', series.Links.Select(l => $"{l.One}-{l.Other}:{l.Strength:F3}").Order(StringComparer.Ordinal))}");
        }
        return string.Join('\n', lines);
    }

    private static async Task<Guid> OpenAsync(OrderCentre centre, int number, ImmutableArray<PhoneNumber> phones = default, ImmutableArray<string> domains = default)
    {
        var loss = new ReportedLoss(null, null, null, null, OrderCentre.Yuan(1_000_00 + number), OrderCentre.At(0));
        var intake = new ReportIntake($"r-{number}", null, new PhoneNumber(8613900000000 + number), null, "fake-loan", new Suspects(phones.IsDefault ? [] : phones, [], domains.IsDefault ? [] : domains), [loss], OrderCentre.At(30));
        return (await centre.Cases.ReceiveAsync(OrderCentre.Office, intake, Cancel)).Value.Case;
    }
}
