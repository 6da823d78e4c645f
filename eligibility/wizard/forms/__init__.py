"""Which form belongs to which page."""

from collections.abc import Mapping

from eligibility.wizard.forms.base import Context, StepForm
from eligibility.wizard.forms.canada import CanadaForm, InCanadaForm
from eligibility.wizard.forms.education import EducationForm, PartnerEducationForm
from eligibility.wizard.forms.employer import EmployerForm
from eligibility.wizard.forms.h1b import H1BDatesForm, SituationForm, USJobForm
from eligibility.wizard.forms.language import LanguageForm, PartnerLanguageForm
from eligibility.wizard.forms.lists import (
    ChildrenGate,
    EducationGate,
    GateForm,
    LanguageGate,
    PartnerEducationGate,
    PartnerJobsGate,
    PartnerLanguageGate,
    PartnerWorkGate,
    RelativesGate,
    WorkGate,
)
from eligibility.wizard.forms.offer import JobOfferForm
from eligibility.wizard.forms.papers import NominationForm, PapersForm, TradeCertificateForm
from eligibility.wizard.forms.partner import (
    PartnerCanadaForm,
    PartnerH1BForm,
    PartnerPapersForm,
    PartnerSelfForm,
    PartnerUSJobForm,
)
from eligibility.wizard.forms.person import ChildForm, FamilyForm, MoneyForm, YouForm
from eligibility.wizard.forms.relatives import RelativeForm
from eligibility.wizard.forms.work import PartnerJobForm, PartnerWorkForm, WorkForm


def _by_page(*forms: type[StepForm]) -> Mapping[str, type[StepForm]]:
    return {form.page: form for form in forms}


PAGE_FORMS = _by_page(
    SituationForm,
    H1BDatesForm,
    USJobForm,
    YouForm,
    FamilyForm,
    PartnerSelfForm,
    PartnerH1BForm,
    PartnerUSJobForm,
    PartnerPapersForm,
    CanadaForm,
    InCanadaForm,
    JobOfferForm,
    EmployerForm,
    PartnerCanadaForm,
    NominationForm,
    PapersForm,
    TradeCertificateForm,
    MoneyForm,
)
ITEM_FORMS = _by_page(
    ChildForm,
    WorkForm,
    EducationForm,
    LanguageForm,
    PartnerEducationForm,
    PartnerLanguageForm,
    PartnerWorkForm,
    PartnerJobForm,
    RelativeForm,
)
GATES: Mapping[str, type[GateForm]] = {
    gate.page: gate
    for gate in (
        ChildrenGate,
        WorkGate,
        EducationGate,
        LanguageGate,
        PartnerEducationGate,
        PartnerLanguageGate,
        PartnerWorkGate,
        PartnerJobsGate,
        RelativesGate,
    )
}

__all__ = ["GATES", "ITEM_FORMS", "PAGE_FORMS", "Context", "GateForm", "StepForm"]
