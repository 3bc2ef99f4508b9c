using Cordon.Casework;
using Cordon.Casework.Cases;
using Cordon.Casework.Orders;
using Cordon.Engine.Signals;

namespace Cordon.Demo;

/// <summary>The lines that called the victims of the latest cases are suspended and the pages taken down: two officers decide, the members' systems carry it out.</summary>
/// <param name="services">The running program.</param>
/// <param name="first">The police officer who issues.</param>
/// <param name="second">The one who approves.</param>
/// <param name="connected">Whether a member's system is there to answer.</param>
/// <param name="answer">Posts a member's answer to an order with its key: the member, the path, the body.</param>
internal sealed class LinesCutOff(IServiceProvider services, Actor first, Actor second, Predicate<MemberCode> connected, Func<MemberCode, string, object, Task> answer)
{
    private const int MostCases = 12;
    private const int Answered = 8;

    public async Task PlayAsync(CancellationToken cancel)
    {
        var (cases, measures, orders) = (services.GetRequiredService<CaseDesk>(), services.GetRequiredService<CaseMeasures>(), services.GetRequiredService<OrderDesk>());
        var drafts = new List<Order>();
        foreach (var file in await cases.ListAsync(first, new CaseFilter { Limit = MostCases }))
            if (await measures.DraftFromChainAsync(first, file.Id, cancel) is { Succeeded: true } made) drafts.AddRange(made.Value);
        // The last ones wait: a visitor finds drafts to issue.
        foreach (var draft in drafts.Where(d => connected(d.Member)).Take(Answered))
        {
            var basis = services.GetRequiredService<Competence>().BasesOf(CompetentAct.Issue, draft.Kind).First().Names[0];
            if (!(await orders.IssueAsync(first, draft.Id, basis, cancel)).Succeeded || !(await orders.ApproveAsync(second, draft.Id, cancel)).Succeeded) continue;
            await answer(draft.Member, $"api/v1/orders/{draft.Id}/acknowledge", new { });
            await answer(draft.Member, $"api/v1/orders/{draft.Id}/carried-out", new { });
        }
    }
}
