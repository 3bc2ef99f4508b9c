using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Appeals;

/// <summary>What the person is told whom an order or a restriction hits: reason, legal basis, remedy, papers to bring, and how to appeal.</summary>
public sealed class Notice : Folded<NoticeEvent>
{
    /// <summary>Its id.</summary>
    public Guid Id { get; private set; }

    /// <summary>Its number for people: <c>T-2026-000004</c>.</summary>
    public string Number { get; private set; } = "";

    /// <summary>The order that it tells of; the empty id where it tells of a restriction on a person.</summary>
    public Guid OrderId { get; private set; }

    /// <summary>The restriction on a person that it tells of; null where it tells of an order.</summary>
    public Guid? RestrictionId { get; private set; }

    /// <summary>The member that carries the order out and hands the notice over; of a restriction, the authority.</summary>
    public MemberCode Member { get; private set; }

    /// <summary>The notice in Chinese, line by line.</summary>
    public string TextZh { get; private set; } = "";

    /// <summary>The notice in English, line by line.</summary>
    public string TextEn { get; private set; } = "";

    /// <summary>When the order went out and the notice was made.</summary>
    public Instant GivenAt { get; private set; }

    /// <inheritdoc/>
    public override string Stream => $"notice/{Id}";

    /// <inheritdoc/>
    protected override void Fold(NoticeEvent happened)
    {
        switch (happened)
        {
            case NoticeGiven e:
                (Id, Number, OrderId, RestrictionId, Member, TextZh, TextEn, GivenAt) = (e.Notice, e.Number, e.Order, e.Restriction, e.Member, e.TextZh ?? "", e.TextEn ?? "", e.At);
                break;
        }
    }
}

/// <summary>What happens to a notice.</summary>
/// <param name="At">When.</param>
public abstract record NoticeEvent(Instant At) : CaseworkEvent(At);

/// <summary>A notice was made, in the transaction in which its order went out.</summary>
/// <param name="At">When.</param>
/// <param name="Notice">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Order">The order; the empty id of a restriction on a person.</param>
/// <param name="Member">The member that hands it over.</param>
/// <param name="TextZh">The notice in Chinese; it says what the person is told to have done.</param>
/// <param name="TextEn">The notice in English.</param>
/// <param name="Restriction">The restriction on a person; null of an order.</param>
[EventName("notice.given")]
public sealed record NoticeGiven(
    Instant At, Guid Notice, string Number, Guid Order, MemberCode Member, [property: Personal] string? TextZh, [property: Personal] string? TextEn, Guid? Restriction = null) : NoticeEvent(At);

/// <summary>Makes notices.</summary>
internal static class NoticeMaker
{
    /// <summary>Makes the notice of an order that goes out, within its change; none of a kind that the pack tells nothing of.</summary>
    public static async Task GiveAsync(Change change, NoticeTexts texts, OrderClocks clocks, Order order, CancellationToken cancel)
    {
        if (!texts.ByKind.ContainsKey(order.Kind)) return;
        var member = await change.Db.Set<Member>().SingleOrDefaultAsync(m => m.Code == order.Member, cancel);
        var year = change.Now.ToDateTimeOffset().Year;
        var number = $"T-{year}-{await change.NextNumberAsync($"notice-{year}"):D6}";
        var (zh, en) = texts.Write(number, order, member?.NameZh ?? order.Member.ToString(), member?.NameEn ?? order.Member.ToString(), clocks);
        change.Begin(new Notice(), new NoticeGiven(change.Now, change.NewId(), number, order.Id, order.Member, zh, en));
    }
}

internal sealed class NoticeTable : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.ToTable("Notices");
        builder.HasKey(n => n.Id);
        builder.Property(n => n.Id).ValueGeneratedNever();
        builder.Property(n => n.Version).IsConcurrencyToken();
        builder.Ignore(n => n.Stream);
        builder.HasIndex(n => n.Number).IsUnique();
        builder.HasIndex(n => n.OrderId);
        builder.HasIndex(n => n.RestrictionId);
    }
}
