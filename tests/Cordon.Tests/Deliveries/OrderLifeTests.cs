using Cordon.Casework.Deliveries;
using Cordon.Casework.Findings;
using Cordon.Casework.Orders;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Cordon.Gateways.Events;
using Cordon.Simulator.Play;
using Cordon.Tests.Gateways.Events;
using Cordon.Tests.Orders;
using Cordon.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using static Cordon.Tests.Deliveries.DeliveryRig;

namespace Cordon.Tests.Deliveries;

/// <summary>Two days of orders to members that answer late, twice, never, partly and wrongly, over endpoints that lose messages.</summary>
public sealed class OrderLifeTests
{
    private const int Stops = 40;
    private const int Blocks = 20;
    private const string BlockBasis = "Anti-Telecom-Fraud Law, art. 13";
    private static readonly MemberCode Telco = MemberCode.Parse("telco-a");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite, 1UL)]
    [InlineData(Provider.Sqlite, 20261130UL)]
    [InlineData(Provider.Postgres, 7UL)]
    public async Task No_order_is_lost_doubled_or_past_its_clock_without_a_finding(Provider provider, ulong seed)
    {
        await using var rig = await OpenAsync(provider);
        var lives = new Dictionary<Guid, OrderLife>();
        await using var bankA = await LosingAsync(rig, BankA, lives);
        await using var bankB = await LosingAsync(rig, BankB, lives);
        await using var telco = await LosingAsync(rig, Telco, lives);
        var orders = await IssueAllAsync(rig, new OrderLives(seed), lives);
        Assert.Equal(Enum.GetValues<AnswerManner>(), lives.Values.Select(l => l.Manner).Distinct().Order());
        await PlayAsync(rig, orders, lives);
        await rig.Centre.FollowAsync(orders[0].CaseId);
        await rig.Centre.FollowAsync(orders[0].CaseId);

        var findings = (await rig.Centre.Store.ReadAsync(db => db.Set<Finding>().ToListAsync(Cancel))).ToLookup(f => f.Link);
        var events = (await rig.Centre.Store.ReadAsync(db => db.Set<EventRow>().ToListAsync(Cancel))).ToLookup(e => e.Stream, e => e.Name);
        var came = bankA.Got.Concat(bankB.Got).Concat(telco.Got).ToLookup(g => g.Id);
        var told = (await rig.AllAsync()).Where(d => d.Type == "order.issued").ToLookup(d => d.OrderId!.Value);
        foreach (var order in orders)
        {
            var (life, now, names) = (lives[order.Id], await rig.Centre.FindAsync(order.Id), events[$"order/{order.Id}"].ToList());
            var what = $"seed {seed}, {order.Number}, {life}: {string.Join(' ', names)}";
            var announced = Assert.Single(told[order.Id]);
            what += $"; announced {announced.State} after {announced.Attempts}, last {announced.LastFault} {announced.LastStatus} at {announced.LastAttemptAt}, came {came[announced.MessageId].Count()}";
            var given = life.LostAttempts > RetrySchedule.Pauses.Length;
            Assert.True((announced.State, announced.Attempts) == (given ? (DeliveryState.Dead, RetrySchedule.Pauses.Length + 1) : (DeliveryState.Delivered, life.LostAttempts + 1)), what);
            Assert.True(came[announced.MessageId].Count() == announced.Attempts, what);
            var answered = life.Manner == AnswerManner.Never ? 0 : 1;
            Assert.True(names.Count(n => n == "order.acknowledged") == answered, what);
            Assert.True(names.Count(n => n is "order.executed" or "order.carried-out") == answered, what);
            var late = findings[$"order:{order.Id}"].Where(f => f.Duty is "cn.atf.20.stop-payment" or "cn.ours.order-in-time").ToList();
            Assert.True(late.Count == (life.InTime ? 0 : 1), what);
            Assert.True(names.Contains("order.overdue") != life.InTime, what);
            Assert.True(now.Escalation == (life.Manner == AnswerManner.Never && order.Kind == OrderKind.BlockNumber ? EscalationRung.Supervisor : null), what);
            if (life.Manner == AnswerManner.Never) Assert.True(names.Count(n => n == "order.escalated") == 3, what);
            else if (order.Kind == OrderKind.StopPayment) Assert.True(now.HeldMinor == life.Answers[^1].HeldFen, what);
        }
    }

    private static async Task<List<Order>> IssueAllAsync(DeliveryRig rig, OrderLives members, Dictionary<Guid, OrderLife> lives)
    {
        var caseId = (await rig.Centre.DraftedAsync()).CaseId;
        var drafts = (await rig.Centre.Store.ChangeAsync<List<Order>>(Cordon.Casework.Actor.System("test"), async change =>
        {
            var made = new List<Order>();
            for (var i = 0; i < Stops; i++)
                made.Add((await OrderDesk.ProposeAsync(change, caseId, AccountNumber.Parse($"bank-{(i % 3 == 0 ? 'a' : 'b')}:y{i}"), OrderCentre.Yuan(1_000_00 + i))).Value);
            for (var i = 0; i < Blocks; i++)
                made.Add((await OrderDesk.ProposeMeasureAsync(change, caseId, Currency.Cny, OrderKind.BlockNumber, Telco, new PhoneNumber(8613900000000 + i), null)).Value);
            return made;
        }, Cancel)).Value;
        var orders = new List<Order>();
        foreach (var draft in drafts)
        {
            var issued = await rig.Centre.Orders.IssueByTwoAsync(OrderCentre.Li, draft.Id, draft.Kind == OrderKind.BlockNumber ? BlockBasis : OrderCentre.Basis, Cancel);
            Assert.True(issued.Succeeded, issued.Refusal?.Message);
            lives[draft.Id] = members.Of(orders.Count, draft.AmountMinor, TimeSpan.FromMinutes(30));
            orders.Add(issued.Value);
        }
        return orders;
    }

    private static async Task PlayAsync(DeliveryRig rig, List<Order> orders, Dictionary<Guid, OrderLife> lives)
    {
        var (start, answers) = (rig.Now, new PriorityQueue<(Order Order, OrderAnswer Answer), (TimeSpan, int)>());
        foreach (var order in orders)
            foreach (var answer in lives[order.Id].Answers) answers.Enqueue((order, answer), (answer.After, answers.Count));
        for (var at = TimeSpan.Zero; at <= TimeSpan.FromHours(50); at += at < TimeSpan.FromHours(6) ? TimeSpan.FromMinutes(10) : TimeSpan.FromHours(1))
        {
            while (answers.TryPeek(out var next, out var due) && due.Item1 <= at)
            {
                answers.Dequeue();
                Until(rig, start + due.Item1);
                // The clockwork looks every second: it sees what ran out before the late answer comes.
                await rig.Centre.Orders.CheckClocksAsync(Cancel);
                await AnswerAsync(rig, next.Order, next.Answer);
            }
            Until(rig, start + at);
            await rig.Centre.Orders.CheckClocksAsync(Cancel);
            await rig.Worker.StepAsync(Cancel);
        }
    }

    private static void Until(DeliveryRig rig, Instant at)
    {
        if (at > rig.Now) rig.Centre.Advance(at - rig.Now);
    }

    private static async Task AnswerAsync(DeliveryRig rig, Order order, OrderAnswer answer)
    {
        OrderCommand command = (order.Kind, answer) switch
        {
            (_, { Reports: false }) => new AcknowledgeOrder(),
            // The wrong report of one that holds nothing is a sum.
            (OrderKind.BlockNumber, { HeldFen: 0 }) => new ReportCarriedOut(null),
            _ => new ReportHeld(OrderCentre.Yuan(answer.HeldFen)),
        };
        var outcome = await rig.Centre.Orders.ActAsync(OrderCentre.Clerk(order.Member), order.Id, command, Cancel);
        Assert.True(outcome.Succeeded == answer.Taken, $"{order.Number} {answer}: {outcome.Refusal?.Code}");
        if (!answer.Taken) Assert.Contains(outcome.Refusal!.Code, (string[])["order/wrong-state", "order/held-too-much", "order/other-kind"]);
    }

    // A member's server that loses the first attempts to tell of each order.
    private static async Task<HttpsPeer> LosingAsync(DeliveryRig rig, MemberCode member, Dictionary<Guid, OrderLife> lives)
    {
        var peer = await HttpsPeer.OpenAsync($"hooks.{member}.test");
        peer.Answer = context =>
        {
            var id = context.Request.Headers[WebhookMessage.IdHeader].ToString();
            var came = peer.Got.Where(g => g.Id == id).ToList();
            var body = Read(came[0]);
            if (body.GetProperty("type").GetString() == "order.issued" && came.Count <= lives[body.GetProperty("data").GetProperty("order").GetGuid()].LostAttempts) context.Abort();
            return Task.CompletedTask;
        };
        await rig.RegisterAsync(peer.Url, member);
        return peer;
    }
}
