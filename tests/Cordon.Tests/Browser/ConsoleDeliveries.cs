using Cordon.Casework;
using Cordon.Casework.Deliveries;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Browser;

/// <summary>Messages to members in all their states: one member is reached, one is not, one is used no more.</summary>
internal static class ConsoleDeliveries
{
    public static readonly Actor Administrator = new("person:Qian Li", null, new HashSet<string> { Roles.Administrator });

    /// <summary>Members of the province by their place in it; the clerk's is the last.</summary>
    public static async Task<List<MemberCode>> MembersAsync(ConsoleHost host) => [.. (await host.Get<MemberRegister>().ListAsync()).Where(m => m.Sector == Sector.TelecomOperator || m.Sector == Sector.VirtualOperator || m.Sector == Sector.InternetPlatform).Select(m => m.Code)];

    public static Uri UrlOf(MemberCode member) => new($"https://hooks.{member}.example/cordon");

    public static async Task PrepareAsync(ConsoleHost host)
    {
        var desk = host.Get<DeliveryDesk>();
        var members = await MembersAsync(host);
        foreach (var (i, member) in members.Take(3).Index())
        {
            var url = UrlOf(member);
            await desk.RegisterAsync(Administrator, member, url.OriginalString);
            for (var n = 0; n < 3; n++) await desk.TestAsync(Administrator, member);
            var rows = await desk.ListAsync(Administrator, new DeliveryFilter { Member = member });
            if (i == 0) foreach (var row in rows) await desk.AttemptedAsync(row.Id, url, null, 204, null);
            if (i == 1) await desk.AttemptedAsync(rows[0].Id, url, DeliveryFault.CertificateRefused, null, null);
            if (i == 1) await desk.AttemptedAsync(rows[1].Id, url, DeliveryFault.Failed, 502, Instant.From(host.Time.GetUtcNow()) + TimeSpan.FromMinutes(2));
            if (i == 2) await desk.AttemptedAsync(rows[0].Id, url, DeliveryFault.Gone, 410, null);
        }
        await host.Get<SigningKeys>().RotateAsync(Administrator);
        await host.Get<SigningKeys>().RotateAsync(Administrator);
    }
}
