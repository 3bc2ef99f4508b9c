using Cordon.Casework;
using Cordon.Casework.Orders;
using Cordon.Casework.Restitution;
using Cordon.Engine.Signals;

namespace Cordon.Demo;

/// <summary>
/// The last hours of the play: what the largest stops hold is frozen, its ledgers are opened and divided, and what the times of the transfers show
/// to be one victim's goes back. What has to be divided in proportion stands announced, for its 30 days run beyond the play.
/// </summary>
/// <param name="services">The running program.</param>
/// <param name="first">The police officer who issues and announces.</param>
/// <param name="second">The one who approves and decides.</param>
/// <param name="answer">Posts a member's answer to an order with its key: the member, the path, the body.</param>
internal sealed class MoneyBack(IServiceProvider services, Actor first, Actor second, Func<MemberCode, string, object, Task> answer)
{
    private const int MostHolds = 6;
    private const string FreezeBasis = "Notice 86 of 2016";
    private const string ReturnBasis = "Rules 41 of 2016, art. 8";

    private readonly OrderDesk orders = services.GetRequiredService<OrderDesk>();
    private readonly RestitutionDesk ledgers = services.GetRequiredService<RestitutionDesk>();

    public async Task PlayAsync(CancellationToken cancel)
    {
        var held = await orders.ListAsync(first, new OrderFilter { State = OrderState.Executed, Kind = OrderKind.StopPayment, Limit = 500 });
        foreach (var stop in held.Where(o => o.Holds).OrderByDescending(o => o.HeldMinor).ThenBy(o => o.Number, StringComparer.Ordinal).Take(MostHolds))
        {
            if (await FreezeAsync(stop, cancel) is not { } freeze) continue;
            var ledger = (await ledgers.OpenAsync(first, freeze, cancel)).Value;
            var view = await ledgers.ViewAsync(first, ledger.Id, cancel);
            if (view is null || view.Divisions.IsEmpty) continue;
            var announced = await ledgers.AnnounceAsync(first, ledger.Id, view.Divisions[0].Method, null, ReturnBasis, cancel);
            if (announced.Succeeded && announced.Value.ObjectUntil is null) await ReturnAsync(ledger.Id, cancel);
        }
    }

    private async Task<Guid?> FreezeAsync(Order stop, CancellationToken cancel)
    {
        var draft = await orders.ProposeFreezeAsync(first, stop.Id, cancel);
        if (!draft.Succeeded || !(await orders.IssueAsync(first, draft.Value.Id, FreezeBasis, cancel)).Succeeded) return null;
        if (!(await orders.ApproveAsync(second, draft.Value.Id, cancel)).Succeeded) return null;
        await answer(stop.Member, $"api/v1/orders/{draft.Value.Id}/acknowledge", new { });
        await answer(stop.Member, $"api/v1/orders/{draft.Value.Id}/held", new { stop.Held });
        return draft.Value.Id;
    }

    private async Task ReturnAsync(Guid ledger, CancellationToken cancel)
    {
        if (!(await ledgers.DecideAsync(second, ledger, ReturnBasis, cancel)).Succeeded) return;
        foreach (var order in (await ledgers.ViewAsync(first, ledger, cancel))!.Returns)
            await answer(order.Member, $"api/v1/orders/{order.Id}/paid", new { order.Amount, Payment = "PAY-" + order.Number });
    }
}
