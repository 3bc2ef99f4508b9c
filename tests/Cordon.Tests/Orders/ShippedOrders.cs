using Cordon.Casework;
using Cordon.Casework.Appeals;
using Cordon.Casework.Orders;
using Cordon.Casework.Storage;

namespace Cordon.Tests.Orders;

/// <summary>The law of orders that comes with the program, and desks that work by it.</summary>
internal static class ShippedOrders
{
    public static string CompetenceFile { get; } = Path.Combine(RepositoryFolder.Root, "packs", "cn", "competence.yaml");

    public static string ClockFile { get; } = Path.Combine(RepositoryFolder.Root, "packs", "cn", "order-clocks.yaml");

    public static Competence Competence { get; } = Competence.Load(CompetenceFile);

    public static string NoticeFile { get; } = Path.Combine(RepositoryFolder.Root, "packs", "cn", "notices.yaml");

    public static NoticeTexts Notices { get; } = NoticeTexts.Load(NoticeFile);

    public static OrderClocks Clocks { get; } = OrderClocks.Load(ClockFile);

    public static OrderDesk Desk(CaseworkStore store) => new(store, Competence, Clocks, Notices);

    /// <summary>Two officers decide an order the usual way.</summary>
    public static async Task<Outcome<Order>> IssueByTwoAsync(this OrderDesk desk, Actor first, Guid id, string basis, CancellationToken cancel)
    {
        var issued = await desk.IssueAsync(first, id, basis, cancel);
        return issued.Succeeded ? await desk.ApproveAsync(first with { Id = first.Id + "-second" }, id, cancel) : issued;
    }
}
