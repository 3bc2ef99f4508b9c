using Cordon.Casework;
using Cordon.Casework.Evaluations;
using Cordon.Casework.Members;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Browser;

/// <summary>
/// Leagues in every state that shows itself. A month of signals is not played here, so the figures are made, the periods lie in the past, and
/// what happened before them is written as it would have been.
/// </summary>
internal static class ConsoleLeague
{
    public const string Published = "P-2026-000901";
    public const string Computed = "P-2026-000902";
    public const string Draft = "P-2026-000903";
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public static async Task PlayAsync(ConsoleHost host)
    {
        var desk = host.Get<EvaluationDesk>();
        var now = host.Get<CaseworkStore>().Now;
        var today = DateOnly.FromDateTime((now + Offset).ToDateTimeOffset().UtcDateTime);
        var past = new DateOnly(today.Year, today.Month, 1).AddMonths(-2);
        var banks = await FreezeAsync(host, Published, "cn.bank.month", past);
        await TellAsync(host, banks);
        var contested = (await desk.FindAsync(ConsoleLadder.Supervisor, banks.Id))!.Result!.Members.Last(m => m.Standing == LeagueStanding.Ranked).Member;
        Must(await desk.ActAsync(ConsoleLadder.Clerk(contested), banks.Id, new ContestValue("stopAcknowledged", "其中十二笔已电话签收，系统当日检修。")));
        Must(await desk.ActAsync(ConsoleLadder.SecondSupervisor, banks.Id, new DecideContest(1, new Correction(410, 30, 0), "Twelve were acknowledged by telephone while the system was down; the log shows it.")));
        Must(await desk.ActAsync(ConsoleLadder.Clerk(contested), banks.Id, new ContestValue("accountIdentityVerified", "有两户为司法扣划专户，不需核验。")));
        Must(await desk.ActAsync(ConsoleLadder.Supervisor, banks.Id, new PublishEvaluation()));
        Must(await desk.ActAsync(ConsoleLadder.SecondSupervisor, banks.Id, new PublishEvaluation()));
        await TellAsync(host, await FreezeAsync(host, Computed, "cn.virtual-operator.month", past));
        await BeginAsync(host, Draft, "cn.operator.month", new DateOnly(today.Year, today.Month, 1).AddMonths(2), frozen: false);
    }

    public static async Task<Evaluation> FindAsync(ConsoleHost host, string number)
    {
        var desk = host.Get<EvaluationDesk>();
        return (await desk.FindAsync(ConsoleLadder.Supervisor, (await desk.ListAsync(ConsoleLadder.Supervisor, new EvaluationFilter())).Single(e => e.Number == number).Id))!.Evaluation;
    }

    private static async Task TellAsync(ConsoleHost host, Evaluation one)
    {
        var members = (await host.Get<MemberRegister>().ListAsync()).Where(m => m.Sector == one.Sector).OrderBy(m => m.Code.ToString(), StringComparer.Ordinal).ToList();
        Assert.True(members.Count >= 2, $"the province has only {members.Count} of {one.Sector}");
        Must(await host.Get<EvaluationDesk>().ActAsync(Actor.System("evaluation"), one.Id, new ComputeEvaluation([.. members.Select((m, i) => Figures(m.Code, i))], "d41c0ffe", 480_211)));
    }

    // The first is good, the last bad, the second barely there, the third under a veto, the others alike.
    private static MeasuredMember Figures(MemberCode member, int place)
    {
        var (many, rate) = place switch
        {
            0 => (24_000, 0.001),
            1 => (11, 0.1),
            _ => (3_800 + (700 * place), 0.012 + (0.022 * place)),
        };
        MeasuredValue Share(string name, int of, double factor, string duty) => new(
            name, of, (long)(of * Math.Min(0.9, rate * factor)), 0, [duty], [.. Enumerable.Range(1, 6).Select(n => $"signal:{member}/{name[..3]}{n}")]);
        return new MeasuredMember(member, place == 2 ? ["N-2026-000004"] : [],
        [
            Share("accountIdentityVerified", many, 1, "cn.atf.15.customer-due-diligence"), Share("lineIdentityVerified", many, 1, "cn.atf.9.real-name-line"),
            Share("stopAcknowledged", many / 10, 2, "cn.atf.20.stop-payment"), Share("enquiryAnswered", many / 40, 3, "cn.ours.enquiry-answered"),
            new("rectifications.overdue", 0, 0, place / 2, [], [.. Enumerable.Range(1, place / 2).Select(n => $"M-2026-0000{n:D2}")]),
            new("money.held", 0, 0, 1_250_000_00 * (place + 1), [], ["S-2026-000017", "S-2026-000021"]),
        ]);
    }

    private static Task<Evaluation> FreezeAsync(ConsoleHost host, string number, string scheme, DateOnly from) => BeginAsync(host, number, scheme, from, frozen: true);

    private static async Task<Evaluation> BeginAsync(ConsoleHost host, string number, string scheme, DateOnly from, bool frozen)
    {
        var made = host.Get<EvaluationDesk>().Schemes.Single(s => s.Id == scheme).Of(null, from, null, Offset);
        var begun = await host.Get<CaseworkStore>().ChangeAsync<Evaluation>(ConsoleLadder.Supervisor, change =>
        {
            var one = new Evaluation();
            change.Begin(one, new EvaluationDrafted(made.From - TimeSpan.FromDays(21), change.NewId(), number, made, ConsoleLadder.SecondSupervisor.Id));
            if (frozen) change.Record(one, new EvaluationFrozen(made.From - TimeSpan.FromDays(14), made.Hash, ConsoleLadder.Supervisor.Id));
            return Task.FromResult<Outcome<Evaluation>>(one);
        });
        return begun.Value;
    }

    private static void Must(Outcome<Evaluation> outcome) => Assert.True(outcome.Succeeded, outcome.Refusal?.Message);
}
