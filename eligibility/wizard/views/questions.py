"""Pages with questions: a page of its own, and a page for each thing of a list.

Whatever is sent is stored before anything else happens, valid or not, and the answer is always a redirect.
So reload, Back, a second tab and a double click find what was typed.
"""

import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from eligibility.answers.document import Answers, Item, Saved, TooManyItemsError
from eligibility.wizard import progress, routing
from eligibility.wizard.forms import ITEM_FORMS, PAGE_FORMS, StepForm
from eligibility.wizard.sentences import sentence
from eligibility.wizard.views.private import PrivateView

CHECK = "check"
# Pages of their own that find an occupation: by the code on a US form, by what one does all day.
WAYS_TO_FIND = frozenset({"code", "duties"})


class QuestionsView(PrivateView):
    """What pages with questions share."""

    page: routing.Page
    form_class: type[StepForm]
    template = "page"

    back_url = ""

    def shown(self) -> tuple[str, ...] | None:
        """The questions that were on the page that was sent; None if it does not say."""
        named = self.request.POST.get("shown")
        return None if named is None else tuple(named.split(","))

    @property
    def returns_to_check(self) -> bool:
        """Whether the person came from the check page and goes back there."""
        sent = self.request.POST if self.request.method == "POST" else self.request.GET
        return sent.get("return") == CHECK

    def sent_form(self, answers: Answers, saved: Saved) -> StepForm:
        """The form as it was sent."""
        shown = () if "find" in self.request.POST else self.shown()
        return self.form_class(self.context(answers), data=self.request.POST, answer=saved.answer, shown=shown)

    def keep(self, answers: Answers, saved: Saved, form: StepForm) -> bool:
        """Keep what was sent, as an answer or as a draft, and say whether it is complete."""
        waiting = progress.waiting(self.context(answers)) if self.returns_to_check else set()
        is_complete = "find" not in self.request.POST and form.is_complete
        if is_complete:
            saved.keep(form.answer())
        else:
            shown = form.shown if form.shown is not None else tuple(form.questions)
            saved.draft = form.draft(shown)
        if self.returns_to_check:
            progress.note_newly_asked(waiting, self.context(answers))
        return is_complete

    def show_form(self, answers: Answers, form: StepForm, *, status: int = 200, **context: Any) -> HttpResponse:
        """Draw the page."""
        return self.show(
            self.template,
            answers,
            slug=self.page.slug,
            status=status,
            form=form,
            returns_to_check=self.returns_to_check,
            back_url=self.back_url,
            **context,
        )

    def without_storing(self, answers: Answers, saved: Saved, **context: Any) -> HttpResponse:
        """Draw the page with what was sent, judging and storing nothing.

        For a script that asks which questions come next, and for a page that could not be taken and is to
        be sent again.
        """
        form = self.sent_form(answers, saved)
        form.is_quiet = True
        must_resend = bool(getattr(self.request, "must_resend", False))
        return self.show_form(answers, form, status=403 if must_resend else 200, must_resend=must_resend, **context)

    @property
    def is_not_to_be_stored(self) -> bool:
        """Whether this is only to be drawn."""
        return "preview" in self.request.POST or bool(getattr(self.request, "must_resend", False))

    def again(self, url: str, form: StepForm) -> HttpResponse:
        """Back to the same page: at its beginning for errors, at the first new question otherwise."""
        query = "?return=check" if self.returns_to_check else ""
        if self.request.POST.get("find") in WAYS_TO_FIND:
            return redirect(f"{url}{self.request.POST['find']}/{query}")
        new = "" if form.errors or not form.newly_asked else f"#question-{self._first_new(form)}"
        return redirect(f"{url}{query}{new}")

    def _first_new(self, form: StepForm) -> str:
        named = form.newly_asked
        return "noc" if "find" in self.request.POST and "noc" in named else named[0]


class PageView(QuestionsView):
    """A page of questions."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the page's form."""
        self.page = kwargs.pop("page")
        self.form_class = PAGE_FORMS[self.page.slug]
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the page as it was last left."""
        answers = self.visit()
        return self.show_form(answers, self.form_class.for_saved(self.context(answers), answers.page(self.page.slug)))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep what was sent, and go on if it is complete."""
        if self.is_not_to_be_stored:
            answers = self.visit()
            return self.without_storing(answers, answers.page(self.page.slug))
        with self.change() as answers:
            saved = answers.pages.setdefault(self.page.slug, Saved())
            form = self.sent_form(answers, saved)
            is_complete = self.keep(answers, saved, form)
        if not is_complete:
            return self.again(reverse("eligibility:page", args=[self.whose, self.page.slug]), form)
        following = CHECK if self.returns_to_check else routing.after(self.page.slug, answers).slug
        return redirect("eligibility:page", self.whose, following)


class ItemView(QuestionsView):
    """A thing of a list: a job, a credential, a test."""

    template = "item"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the list's form."""
        page = routing.BY_SLUG.get(kwargs.pop("slug"))
        if page is None or page.kind != "list":
            raise Http404
        self.page = page
        self.form_class = ITEM_FORMS[page.slug]
        self.item_id: int | None = kwargs.pop("item", None)
        return super().dispatch(request, *args, **kwargs)

    @property
    def back_url(self) -> str:  # type: ignore[override]
        """Back from a thing is to its list."""
        return self.list_url

    @property
    def list_url(self) -> str:
        """The list's own page."""
        query = "?return=check" if self.returns_to_check else ""
        return reverse("eligibility:page", args=[self.whose, self.page.slug]) + query

    def existing(self, answers: Answers) -> Item | None:
        """The thing of this address; None if it was removed.

        Raises:
            Http404: if there never was one.

        """
        if self.item_id is None:
            return None
        item = answers.item(self.page.slug, self.item_id)
        if item is None and not answers.had_item(self.page.slug, self.item_id):
            raise Http404
        return item

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the thing as it was last left, or an empty page for a new one."""
        answers = self.visit()
        item = self.existing(answers)
        if item is None and self.item_id is not None:
            return redirect(self.list_url)
        form = self.form_class.for_saved(self.context(answers), item or Item())
        return self.show_form(answers, form, item=item, token=secrets.token_urlsafe(12))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep what was sent: one token makes one thing, however often it comes."""
        token = request.POST.get("token", "")[:40]
        if self.is_not_to_be_stored:
            answers = self.visit()
            item = self.existing(answers)
            return self.without_storing(answers, item or Item(), item=item, token=token)
        try:
            with self.change() as answers:
                item = self._item_to_change(answers, token)
                form = self.sent_form(answers, item)
                is_complete = self.keep(answers, item, form)
        except TooManyItemsError:
            return redirect(self.list_url)
        if is_complete:
            return redirect(self.list_url)
        return self.again(reverse("eligibility:item", args=[self.whose, self.page.slug, item.id]), form)

    def _item_to_change(self, answers: Answers, token: str) -> Item:
        if self.item_id is None:
            return answers.add_item(self.page.slug, token)
        # Removed in another tab while this one was typing: what was typed is kept all the same.
        return self.existing(answers) or answers.restore_item(self.page.slug, self.item_id)


class RemoveItemView(ItemView):
    """Asks before a thing is removed, and removes it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask."""
        answers = self.visit()
        item = self.existing(answers)
        if item is None:
            return redirect(self.list_url)
        return self.show(
            "remove",
            answers,
            slug=self.page.slug,
            sentence=sentence(self.page.slug, item, answers),
            list_url=self.list_url,
            returns_to_check=self.returns_to_check,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Remove. Twice is as good as once."""
        with self.change() as answers:
            self.existing(answers)
            if self.item_id is not None:
                answers.remove_item(self.page.slug, self.item_id)
        return redirect(self.list_url)
