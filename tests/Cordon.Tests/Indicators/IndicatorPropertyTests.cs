using Cordon.Casework;
using Cordon.Casework.Indicators;
using Cordon.Casework.Lists;
using Cordon.Casework.Registers;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Tests.Orders;
using CsCheck;
using static Cordon.Tests.Orders.OrderCentre;

namespace Cordon.Tests.Indicators;

/// <summary>Whatever is asked of indicators in whatever order, screening uses exactly what counts, and a recall is owed by exactly who was told.</summary>
public sealed class IndicatorPropertyTests
{
    private static readonly string[] Values = ["+8617000000001", "+8617000000002", "+8617000000003"];
    private static readonly Actor[] Officers = [Office, Li, Wang];
    private static readonly Actor[] Members = [.. new[] { "bank-a", "bank-b", "telco-a" }.Select(m => Clerk(MemberCode.Parse(m)) with { Id = "person:" + m })];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Screening_uses_what_counts_and_a_recall_is_owed_by_who_was_told() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 2], Gen.Int[0, 2]).List[10, 60].SampleAsync(async steps =>
        {
            await using var centre = await OpenAsync();
            var desk = new IndicatorDesk(centre.Store, centre.Engine, new ListDesk(centre.Store));
            // The reference: what each member took over, as it holds it itself. What was recalled counts for nobody until it is confirmed again.
            var held = Members.ToDictionary(m => m, _ => new HashSet<Guid>());
            var recalled = new HashSet<Guid>();
            var places = Members.ToDictionary(m => m, _ => 0L);
            foreach (var (act, who, which) in steps)
            {
                var known = (await desk.ListAsync(Office, new IndicatorFilter { Text = Values[which] })).SingleOrDefault();
                switch (act)
                {
                    case 0:
                        await desk.ProposeAsync(Members[who], new ProposedIndicator(IndicatorKind.Number, Values[which], which == 2 ? 40 : 80, which == 1 ? Tlp.AmberStrict : Tlp.Green, "why"), cancel: Cancel);
                        break;
                    case 1 or 2 when known is not null:
                        if ((await desk.ActAsync(Officers[who], known.Id, new ConfirmIndicator(), Cancel)).Succeeded) recalled.Remove(known.Id);
                        break;
                    case 3 when known is not null: await desk.ActAsync(Members[who], known.Id, new VoteFalse("honest"), Cancel); break;
                    case 4 when known is not null: await RecallAsync(desk, known, held, recalled); break;
                    case 5 when known is not null: await desk.ActAsync(Officers[who], known.Id, new ProlongIndicator(centre.Store.Now + TimeSpan.FromDays(100 + which), "still"), Cancel); break;
                    case 6: centre.Advance(TimeSpan.FromDays(40)); break;
                    case 7: await desk.CheckAsync(Cancel); break;
                    default: await ReadAsync(desk, Members[who], held, recalled, places); break;
                }
                await AgreesAsync(centre, desk);
            }
        }, iter: Long.Or(100, 6), threads: 1);

    private static async Task RecallAsync(IndicatorDesk desk, Indicator known, Dictionary<Actor, HashSet<Guid>> held, HashSet<Guid> recalled)
    {
        var outcome = await desk.ActAsync(Office, known.Id, new RecallIndicator("wrong"), Cancel);
        if (!outcome.Succeeded) return;
        recalled.Add(known.Id);
        var owed = (await desk.FindAsync(Office, known.Id))!.Receipts.Where(r => r.Feed == outcome.Value.Feed).Select(r => r.Member).ToHashSet();
        Assert.Equal(held.Where(h => h.Value.Contains(known.Id)).Select(h => h.Key.Id).Order(StringComparer.Ordinal), owed.Select(m => "person:" + m).Order(StringComparer.Ordinal));
        foreach (var of in held.Values) of.Remove(known.Id);
    }

    private static async Task ReadAsync(IndicatorDesk desk, Actor member, Dictionary<Actor, HashSet<Guid>> held, HashSet<Guid> recalled, Dictionary<Actor, long> places)
    {
        var stretch = (await desk.FeedAsync(member, places[member], 2)).Value;
        foreach (var one in stretch.Items)
            if (!recalled.Contains(one.Id)) held[member].Add(one.Id);
        places[member] = stretch.Next;
        Assert.True((await desk.ReceiveAsync(member, stretch.Next, Cancel)).Succeeded);
    }

    private static async Task AgreesAsync(OrderCentre centre, IndicatorDesk desk)
    {
        while (await new Outbox(centre.Engine, centre.Store).StepAsync(Cancel) > 0)
        {
            // Until nothing is owed.
        }
        var (all, now) = (await desk.ListAsync(Office, new IndicatorFilter()), centre.Store.Now);
        foreach (var one in all)
        {
            Assert.True(PhoneNumber.TryParse(one.Value, out var number));
            Assert.Equal(one.Counts(now) && one.Screens, centre.Engine.Read(e => e.Known.Lists.Has(ListName.FraudNumbers, number, now)));
        }
        var told = all.Where(i => i.Feed > 0).Select(i => i.Feed).ToList();
        Assert.Equal(told.Count, told.Distinct().Count());
        Assert.Equal(told.DefaultIfEmpty().Max(), (await desk.ReadersAsync()).Last);
    }
}
