using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cordon.Api;
using Cordon.Casework;
using Cordon.Casework.Cases;
using Cordon.Casework.Orders;
using Cordon.Casework.Rectifications;
using Cordon.Casework.Reports;
using Cordon.Engine.Signals;
using Cordon.Gateways.Intake;
using Cordon.Hosting;
using Cordon.Simulator;
using Cordon.Simulator.Play;

namespace Cordon.Demo;

/// <summary>
/// Plays a province through the running program: its members' systems post signals and answer orders over HTTP with
/// their keys, a clerk takes the victims' reports, a police officer sends the stops that the traces propose, since minutes count, and a second
/// officer approves them soon after; enquiries two officers decide together. What an order stops does not happen in the province afterwards.
/// </summary>
internal sealed class ProvincePlayer(Province province, IServiceProvider services, HttpClient http, DemoClock clock, IReadOnlyDictionary<MemberCode, string> keys)
{
    private const string StopBasis = "Anti-Telecom-Fraud Law, art. 20; Notice 86 of 2016";
    private const string EnquiryBasis = "Anti-Telecom-Fraud Law, art. 19; Anti-Telecom-Fraud Law, art. 20";
    private const string WhyNow = "The money moves on within minutes.";
    private const int MostLines = 4_000;

    /// <summary>A police officer looks at a proposed order and decides it; ours.</summary>
    private static readonly TimeSpan Decides = TimeSpan.FromMinutes(4);

    /// <summary>A second officer approves what was sent in an emergency; ours.</summary>
    private static readonly TimeSpan Approves = TimeSpan.FromMinutes(25);

    /// <summary>Open cases are followed again this often, besides at every report and receipt.</summary>
    private static readonly TimeSpan Rhythm = TimeSpan.FromHours(2);

    private readonly ProvincePlay play = province.Play();
    private readonly Actor clerk = Actor.System("demo");
    private readonly Actor police = DemoPeople.PoliceOfficer(province);
    private readonly CaseDesk cases = services.GetRequiredService<CaseDesk>();
    private readonly OrderDesk orders = services.GetRequiredService<OrderDesk>();
    private readonly Actor second = DemoPeople.SecondPoliceOfficer(province);
    private readonly PriorityQueue<Guid, Instant> decisions = new();
    private readonly PriorityQueue<Guid, Instant> approvals = new();
    private readonly PriorityQueue<(Order Enquiry, ImmutableArray<Transfer> Legs), Instant> answers = new();
    private readonly HashSet<Guid> planned = [];
    private readonly HashSet<Guid> released = [];
    private Instant nextRound;

    /// <summary>Signals posted so far.</summary>
    public long Signals { get; private set; }

    /// <summary>Plays to the end of the province's days.</summary>
    public async Task PlayAsync(Action<double, long> tell, CancellationToken cancel)
    {
        var start = province.Options.Start;
        var end = start + TimeSpan.FromDays(province.Options.Days);
        nextRound = start + Rhythm;
        for (var at = start; ; at = Next(end))
        {
            clock.Set(at.ToDateTimeOffset());
            var step = play.AdvanceTo(at);
            await PostAsync(step.Signals, cancel);
            foreach (var reply in step.Replies) await AnswerAsync(reply, cancel);
            foreach (var report in step.Reports) await ReportAsync(report, cancel);
            await DecideAsync(at, cancel);
            await AnswerEnquiriesAsync(at, cancel);
            if (at >= nextRound) await RoundAsync(at, cancel);
            await orders.CheckClocksAsync(cancel);
            await LetGoAsync();
            await PlanAsync(at);
            tell((at - start) / (end - start), Signals);
            if (at >= end) break;
        }
        await new MoneyBack(services, police, second, ReplyAsync).PlayAsync(cancel);
        await new LinesCutOff(services, police, second, keys.ContainsKey, ReplyAsync).PlayAsync(cancel);
        await services.GetRequiredService<ControlFollower>().StepAsync(cancel);

        Task ReplyAsync(MemberCode member, string path, object body) =>
            SendAsync(member, path, JsonSerializer.Serialize(body, CaseworkJson.Options), "application/json", cancel, mayRefuse: true);
    }

    private Instant Next(Instant end)
    {
        var next = end < nextRound ? end : nextRound;
        if (play.NextReportAt is { } report && report < next) next = report;
        if (play.NextReplyAt is { } reply && reply < next) next = reply;
        if (decisions.TryPeek(out _, out var decision) && decision < next) next = decision;
        if (approvals.TryPeek(out _, out var approval) && approval < next) next = approval;
        if (answers.TryPeek(out _, out var answer) && answer < next) next = answer;
        return next;
    }

    private async Task PostAsync(ImmutableArray<Signal> signals, CancellationToken cancel)
    {
        foreach (var group in signals.GroupBy(s => (s.Member, s.Kind)))
        {
            var name = group.Key.Kind.ToString();
            var path = $"api/v1/signals/{char.ToLowerInvariant(name[0])}{name[1..]}";
            foreach (var part in group.Chunk(MostLines))
            {
                var text = new StringBuilder();
                foreach (var signal in part) text.Append(SignalJson.Write(signal)).Append('\n');
                await SendAsync(group.Key.Member, path, text.ToString(), SignalEndpoints.NdJson, cancel);
                Signals += part.Length;
            }
        }
    }

    private Task AnswerAsync(StopReply reply, CancellationToken cancel) => reply.Kind == StopReplyKind.Acknowledged
        ? SendAsync(reply.Member, $"api/v1/orders/{reply.OrderId}/acknowledge", "{}", "application/json", cancel, mayRefuse: true)
        : SendAsync(reply.Member, $"api/v1/orders/{reply.OrderId}/held",
JsonSerializer.Serialize(new { reply.Held }, CaseworkJson.Options), "application/json", cancel, mayRefuse: true);

    private async Task ReportAsync(ProvinceReport report, CancellationToken cancel)
    {
        var intake = new ReportIntake(
            report.Id, report.Reporter.ToString(), report.Phone, Masking.Mask(report.Text), report.FraudType,
            new Suspects(report.Suspects.Phones, report.Suspects.Accounts, [.. report.Suspects.Domains.Select(d => d.Name)]),
            [.. report.Losses.Select(l => new Casework.Reports.ReportedLoss(l.TransferId, l.Member, l.Payer, l.Payee, l.Amount, l.At))], report.ReportedAt);
        _ = (await cases.ReceiveAsync(clerk, intake, cancel)).Value;
    }

    private async Task DecideAsync(Instant at, CancellationToken cancel)
    {
        while (decisions.TryPeek(out var id, out var due) && due <= at)
        {
            decisions.Dequeue();
            if (await orders.FindAsync(police, id) is not { Draft: true } draft) continue;
            var issued = draft.Kind == OrderKind.Enquiry ? await DecideTogetherAsync(id, cancel) : await orders.IssueInEmergencyAsync(police, id, StopBasis, WhyNow, cancel);
            if (issued.Succeeded && issued.Value.Kind == OrderKind.Enquiry) Enquire(issued.Value);
            else if (issued.Succeeded) play.AnswerStop(id.ToString(), issued.Value.Account!.Value, issued.Value.Amount);
            else await orders.ActAsync(police, id, new WithdrawOrder(issued.Refusal!.Message), cancel);
            if (issued is { Succeeded: true, Value.Unconfirmed: true }) approvals.Enqueue(id, at + Approves);
        }
        while (approvals.TryPeek(out var sent, out var due) && due <= at)
        {
            approvals.Dequeue();
            // One that was declined or ended meanwhile has nothing left to approve.
            await orders.ApproveAsync(second, sent, cancel);
        }
    }

    private async Task<Outcome<Order>> DecideTogetherAsync(Guid id, CancellationToken cancel)
    {
        var issued = await orders.IssueAsync(police, id, EnquiryBasis, cancel);
        return issued.Succeeded ? await orders.ApproveAsync(second, id, cancel) : issued;
    }

    // The institution looks the order up by its reference; legs that it told without one it then corrects.
    private void Enquire(Order enquiry)
    {
        var found = enquiry.Asked.Select(a => a.Reference).OfType<string>().Distinct().Select(reference => play.AnswerEnquiry(enquiry.Member, reference)).ToList();
        var at = found.Count == 0 ? enquiry.IssuedAt!.Value : found.Max(answer => answer.At);
        answers.Enqueue((enquiry, [.. found.SelectMany(answer => answer.Legs)]), at);
    }

    private async Task AnswerEnquiriesAsync(Instant at, CancellationToken cancel)
    {
        while (answers.TryPeek(out var answer, out var due) && due <= at)
        {
            answers.Dequeue();
            await PostAsync([.. answer.Legs.Select(leg => new TransferCorrection(
                new SignalId($"leg-{leg.Id}"), leg.Member, due, leg.Member, leg.Id, null, leg.OrderReference)).DistinctBy(c => c.Id)], cancel);
            var note = answer.Legs.IsEmpty ? "Nothing left the pool under this order." : "The legs that left are corrected.";
            await SendAsync(answer.Enquiry.Member, $"api/v1/orders/{answer.Enquiry.Id}/answer",
                JsonSerializer.Serialize(new { References = Array.Empty<ReferenceGiven>(), Note = note }, CaseworkJson.Options), "application/json", cancel, mayRefuse: true);
        }
    }

    private async Task RoundAsync(Instant at, CancellationToken cancel)
    {
        nextRound = at + Rhythm;
        await CaseworkParts.CatchUpAsync(services, cancel);
    }

    // A stop that ended by law holds nothing any more at the simulated bank either.
    private async Task LetGoAsync()
    {
        foreach (var over in (OrderState[])[OrderState.Expired, OrderState.Lapsed])
            foreach (var ended in await orders.ListAsync(clerk, new OrderFilter { State = over, Limit = 500 }))
                if (released.Add(ended.Id)) play.Release(ended.Id.ToString());
    }

    private async Task PlanAsync(Instant at)
    {
        foreach (var drafted in await orders.ListAsync(clerk, new OrderFilter { State = OrderState.Proposed, Limit = 500 }))
            if (planned.Add(drafted.Id)) decisions.Enqueue(drafted.Id, at + Decides);
    }

    private async Task SendAsync(MemberCode member, string path, string body, string type, CancellationToken cancel, bool mayRefuse = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new StringContent(body, Encoding.UTF8, type),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", keys[member]);
        using var response = await http.SendAsync(request, cancel);
        if (response.IsSuccessStatusCode) return;
        // A member that answers too late, twice or for a lapsed order is refused by name: that is part of the play.
        var problem = await response.Content.ReadAsStringAsync(cancel);
        if (!mayRefuse || (int)response.StatusCode >= 500) throw new InvalidOperationException($"{path}: {(int)response.StatusCode} {problem}");
    }
}
