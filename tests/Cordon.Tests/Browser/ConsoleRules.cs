using Cordon.Casework;
using Cordon.Casework.Lists;
using Cordon.Casework.Members;
using Cordon.Casework.Rulebooks;
using Cordon.Casework.Rulebooks.Backtests;
using Cordon.Casework.Rulebooks.Shadow;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Tests.Rulebooks;

namespace Cordon.Tests.Browser;

/// <summary>Rulebooks in the states that the rule desk shows, and entries on lists.</summary>
internal static class ConsoleRules
{
    public static readonly Actor Author = new("person:He Wen", null, new HashSet<string> { Roles.RuleAuthor });
    public static readonly Actor Supervisor = new("person:Xu Tao", null, new HashSet<string> { Roles.Supervisor });

    private const string Purpose = "Stop lines that call many others within a day";

    /// <summary>A rule that the shipped rulebook does not have, tight enough to stop somebody.</summary>
    public const string Extra = """
        windows:
          - { id: callees_of_the_day, of: call, by: call.caller, measure: distinct, value: call.callee, over: 24h }
        rules:
          - id: call.many-callees-a-day
            of: call
            when: callees_of_the_day(call.caller) > 4
            action: hold
            hold: 30m
            reason: { code: call.many-callees-a-day, en: "More than four others were called within a day", zh-CN: "一日内主叫对象超过四个" }
            duty: cn.atf.13.true-caller-id
            source: { text: "a try of the desk", trust: ours }
            author: He Wen
            tests:
              - name: a first call
                given:
                  - call: { caller: "+8613800000001", callee: "+8613900000001" }
                expect: none
              - name: the ninth callee of a day
                given:
                  - call: { caller: "+8613800000001", callee: "+861390000{n}", at: -1h }
                    times: 8
                  - call: { caller: "+8613800000001", callee: "+8613900009999" }
                expect: hold
        """;

    /// <summary>The shipped rulebook judges from the first signal on.</summary>
    public static async Task BeginAsync(ConsoleHost host) => Assert.True((await host.Get<RulebookDesk>().AdoptAsync()).Succeeded);

    /// <summary>One rulebook in the shadow, one draft with faults, and entries on two lists.</summary>
    public static async Task PrepareAsync(ConsoleHost host)
    {
        await ShadowAsync(host, Purpose, Extra);
        await host.TellAsync(Enumerable.Range(1, 9).Select(n => new Call(
            new SignalId($"shadow-{n}"), MemberCode.Parse("mobile-a"), Instant.From(host.Time.GetUtcNow()) + TimeSpan.FromMinutes(n), SmallRulebook.Phone("+8613700009999"),
            SmallRulebook.Phone($"+861390000{n:D4}"), CallOrigin.Domestic, false, null, null, 40)));
        while (await host.Get<ShadowFollower>().StepAsync() > 0)
        {
            // Batch by batch.
        }
        var faulty = Extra.Replace("callees_of_the_day(call.caller) > 4", "callees_of_the_day(call.calller) > 4 && call.orgin == Origin.Domestic", StringComparison.Ordinal);
        await DraftAsync(host, "Fewer calls, with a slip of the pen", faulty);
        var lists = host.Get<ListDesk>();
        var now = Instant.From(host.Time.GetUtcNow());
        await lists.PutAsync(Author, ListName.FraudNumbers, "+8617000001234", "joint office", "C-2026-000001: called three victims as a court", now + TimeSpan.FromDays(180));
        await lists.PutAsync(Author, ListName.FraudNumbers, "+8617000005678", "Wu Lin, police", "SIM box in a rented flat", now + TimeSpan.FromDays(90));
        await lists.PutAsync(Supervisor, ListName.NeverBlockNumbers, "+86120", "health office", "emergency services", null);
    }

    public static Task<RulebookDraft> ShadowedAsync(ConsoleHost host) => OfAsync(host, Purpose);

    public static Task<RulebookDraft> FaultyAsync(ConsoleHost host) => OfAsync(host, "Fewer calls, with a slip of the pen");

    /// <summary>Begins a draft: the shipped rulebook and one more file.</summary>
    public static async Task<RulebookDraft> DraftAsync(ConsoleHost host, string purpose, string extra)
    {
        var desk = host.Get<RulebookDesk>();
        IReadOnlyList<RulebookFile> files = [.. host.Get<RulebookLibrary>().Shipped.Files, new RulebookFile("tries.yaml", extra)];
        return (await desk.BeginAsync(Author, purpose, "files", files)).Value;
    }

    private static async Task ShadowAsync(ConsoleHost host, string purpose, string extra)
    {
        var (desk, backtests) = (host.Get<RulebookDesk>(), host.Get<BacktestDesk>());
        var draft = await DraftAsync(host, purpose, extra);
        var trial = (await desk.CheckAsync(Author, draft.Id)).Value;
        Assert.True(trial.Passed, string.Join('\n', trial.Faults.Select(f => f.ToString()).Concat(trial.Examples.Where(e => !e.Passed).Select(e => e.ToString()))));
        var run = (await backtests.StartAsync(Author, draft.Id, null, null)).Value;
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(Guid changed) => _ = Task.Run(async () =>
        {
            if ((await backtests.FindAsync(run.Id))!.State != BacktestState.Running) ended.TrySetResult();
        });
        backtests.Changed += Look;
        Look(run.Id);
        await ended.Task.WaitAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);
        backtests.Changed -= Look;
        Assert.True((await desk.AttachAsync(Author, draft.Id, run.Id)).Succeeded);
        Assert.True((await desk.StartShadowAsync(Author, draft.Id)).Succeeded);
    }

    private static async Task<RulebookDraft> OfAsync(ConsoleHost host, string purpose) =>
        (await host.Get<RulebookDesk>().ListAsync(new RulebookFilter())).First(d => d.Purpose == purpose);
}
